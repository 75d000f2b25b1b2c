import Evaluation
import Tensors

/// The measures of a trained network on people and masks that were not used for any choice: bare pictures, and masked
/// ones with designs that are reserved for tests.
///
/// - `unseenFNMR`, `unseenFMR`: at the threshold of bare faces for FMR 1e-3 (``HeldOutMeasures``).
/// - `unseenAUC`, `unseenEER`, `unseenTAR@1e-1` to `unseenTAR@1e-4`: the ROC curve of masked pictures against bare
///   ones.
/// - `bareAUC`, `bareEER`: the ROC curve of bare pictures.
/// - `unseenAccuracy`, `unseenPrecision`, `unseenRecall`, `unseenF1`: identification of masked pictures, with each
///   person enrolled with one bare picture; the last three are means over people.
enum TestedFaces {
    /// Embeddings of length 1 and their people.
    typealias Faces = MaskedIdentification.Faces

    /// Returns the measures.
    ///
    /// - Throws: `EvaluationError` if no person has two pictures, or if there is only one person.
    static func figures(bare: Faces, unseen: Faces) throws -> [String: Double] {
        let measures = HeldOutMeasures.measures(bare: bare, masked: unseen)
        var figures: [String: Double] = [:]
        (figures["unseenFNMR"], figures["unseenFMR"]) = (measures["maskedFNMR"], measures["maskedFMR"])
        let covered = try curve(HeldOutMeasures.similarities(bare, unseen, isSymmetric: false))
        let plain = try curve(HeldOutMeasures.similarities(bare, bare, isSymmetric: true))
        (figures["unseenAUC"], figures["unseenEER"]) = (covered.areaUnderCurve, covered.equalErrorRate)
        (figures["bareAUC"], figures["bareEER"]) = (plain.areaUnderCurve, plain.equalErrorRate)
        for (name, rate) in rates {
            // Rates that need more pairs than exist are left out.
            figures["unseenTAR@\(name)"] = try? covered.trueMatchRate(falseMatchRate: rate).value
        }
        let report = try MaskedIdentification.report(bare: bare, masked: unseen)
        figures["unseenAccuracy"] = report.accuracy.value
        (figures["unseenPrecision"], figures["unseenRecall"]) = (report.macro.precision, report.macro.recall)
        figures["unseenF1"] = report.macro.f1
        return figures
    }

    private static let rates = [("1e-1", 1e-1), ("1e-2", 1e-2), ("1e-3", 1e-3), ("1e-4", 1e-4)]

    private static func curve(_ pairs: (mated: [Float], impostors: [Float])) throws -> OperatingCurve {
        try OperatingCurve(
            pairs.mated.map { Comparison(similarity: $0, isMated: true) }
                + pairs.impostors.map { Comparison(similarity: $0, isMated: false) })
    }
}
