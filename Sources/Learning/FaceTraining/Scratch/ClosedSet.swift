import Evaluation
import Tensors

/// Closed-set classification of the training people on pictures that were excluded from training, the protocol of the
/// DS-AEAN paper.
///
/// It measures something different from ``TestedFaces``: here, all people are known from training.
enum ClosedSet {
    /// Returns the measures of a classification.
    ///
    /// - Parameters:
    ///   - logits: `[pictures, people]`.
    ///   - people: The person's number for each picture.
    /// - Returns: `NAMEAccuracy`, `NAMEPrecision`, `NAMERecall`, `NAMEF1` and `NAMEAUC`; all but the first are means
    ///   over people. Nothing if no pictures were excluded from training.
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
