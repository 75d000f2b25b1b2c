import Inference

extension NetworkOutputs {
    /// Returns the numbers of the output called `name`.
    ///
    /// A card may name the decoder of another network, so the count is checked.
    ///
    /// - Throws: ``DetectorError/wrongOutput(_:expected:found:)`` if there are not exactly `count` numbers;
    ///   `EngineError`.
    func numbers(_ name: String, count: Int) throws -> UnsafeBufferPointer<Float> {
        let values = try self[name].values
        guard values.count == count else {
            throw DetectorError.wrongOutput(name, expected: count, found: values.count)
        }
        return values
    }
}
