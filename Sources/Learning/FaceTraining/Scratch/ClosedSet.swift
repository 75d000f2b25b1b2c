import Evaluation
import Tensors

/// How the people who are trained on are told apart in pictures that were kept from training: the protocol of paper C.
///
/// What it says is not what ``TestedFaces`` says: here everybody who is asked for has been learned.
enum ClosedSet {
    /// - Parameters:
    ///   - logits: `[pictures, people]`.
    ///   - people: Whose picture each is, by number.
    /// - Returns: `NAMEAccuracy`, `NAMEPrecision`, `NAMERecall`, `NAMEF1` and `NAMEAUC`; all but the first are means over
    ///   people. Nothing where no picture was kept from training.
    static func figures(_ name: String, logits: Tensor, people: [Int]) throws -> [String: Double] {
        guard !people.isEmpty else { return [:] }
        let width = logits.shape[1], values = logits.to(.float32).floats
        let report = try ClassifierReport(
            scores: people.indices.map { Array(values[$0 * width..<($0 + 1) * width]) }, truth: people,
            classes: (0..<width).map(String.init))
        var figures = [
            "\(name)Accuracy": report.accuracy.value, "\(name)Precision": report.macro.precision,
            "\(name)Recall": report.macro.recall, "\(name)F1": report.macro.f1,
        ]
        figures["\(name)AUC"] = report.macro.areaUnderCurve
        return figures
    }
}
