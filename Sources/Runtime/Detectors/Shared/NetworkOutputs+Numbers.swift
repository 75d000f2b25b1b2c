import Inference

extension NetworkOutputs {
    /// The numbers of the output called `name`.
    ///
    /// A card may name the decoder of another network: what is read must be there.
    ///
    /// - Throws: ``DetectorError/wrongOutput(_:expected:found:)`` unless there are `count`; `EngineError`.
    func numbers(_ name: String, count: Int) throws -> UnsafeBufferPointer<Float> {
        let values = try self[name].values
        guard values.count == count else {
            throw DetectorError.wrongOutput(name, expected: count, found: values.count)
        }
        return values
    }
}
