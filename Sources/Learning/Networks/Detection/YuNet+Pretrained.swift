public import Tensors

extension YuNet {
    /// The number in the name of the published file's first kernel into which normalization was folded. The file counts
    /// on by three from one to the next.
    private static let firstNumber = 420

    /// The convolutions into which normalization was folded, in the order of the file.
    private static let folded: [String] =
        ["backbone.model0.conv1", "backbone.model0.conv2.conv2"]
        + (1...5).flatMap { ["backbone.model\($0).conv1.conv2", "backbone.model\($0).conv2.conv2"] }
        + [2, 1, 0].map { "neck.lateral_convs.\($0).conv2" }

    /// The published file's constants that are not learned: regions and scales of the enlargements.
    private static let constants: Set<String> = ["240", "464", "465"]

    /// The names under which all values of an exported file are.
    private static let parts = ["backbone.", "neck.", "bbox_head."]

    /// Returns the weights of a file under our names, for a network with folded normalization.
    ///
    /// - Parameter values: The values in OpenCV Zoo's file, or in one that was exported here.
    /// - Throws: `ParameterError` with the name of a value that is missing.
    public static func pretrained(_ values: [String: Tensor]) throws(ParameterError) -> [String: Tensor] {
        guard values[String(firstNumber)] != nil || values["\(folded[0]).weight"] == nil else {
            return values.filter { name, _ in parts.contains(where: name.hasPrefix) }
        }
        var renamed = values.filter { !constants.contains($0.key) }
        for (index, name) in folded.enumerated() {
            for (offset, kind) in ["weight", "bias"].enumerated() {
                let number = String(firstNumber + 3 * index + offset)
                guard let value = renamed.removeValue(forKey: number) else { throw .missing(number, shape: []) }
                renamed["\(name).\(kind)"] = value
            }
        }
        return renamed
    }
}
