import Datasets
import Evaluation
import Faces
import Foundation
import LikenessSupport

/// Fits the calibration for a card, first on one half of the people and then on all.
struct CalibrationFitter {
    let impostors: Int
    let seed: UInt64
    let data: String
    let conditions: String
    let remark: String
    let command: String

    /// The maximum number of mated comparisons for each cell.
    private static let mated = 20_000
    /// The maximum number of impostor comparisons for each cell in the test on held-out people.
    private static let tested = 100_000

    /// A remark for the card about children.
    private static let childrenRemark =
        " Two children have a separate threshold, measured on pairs of different children: how often two pictures of "
        + "one child are missed was not measured."

    func result(_ pool: CalibrationPool, model: ModelCard) async throws -> CalibrationEvaluation.Result {
        // The people held out of training were chosen by the same kind of random split. With the same seed, they would
        // all be in one half.
        let split = SubjectSplit(
            dealing: pool.pictures.map(\.person), validation: 0.5, seed: seed ^ 0x6465_6369_7369_6F6E)
        for half in [split.training, split.validation] {
            let pictures = pool.natural.filter { half.contains($0.person) }
            let counts = Dictionary(grouping: pictures, by: \.person).map(\.value.count)
            guard counts.count >= 2, counts.contains(where: { $0 >= 2 }) else {
                throw EvaluationError.calibrationFailed(
                    "thresholds are fitted on one half of the people and tested on the other: each half needs two "
                        + "people, one of them with two pictures, but faces were found of only "
                        + "\(counted(pool.people, "person", "people"))")
            }
        }
        let learned = try await fit(pool.only(Set(split.training)))
        let tested = try TraitSample(
            pool.only(Set(split.validation)).pictures, impostors: min(impostors, Self.tested), mated: Self.mated,
            seed: seed)
        let comparison = try DecisionComparison(
            learned: learned.sample, tested: tested, thresholds: learned.thresholds, one: learned.calibration)
        let all = try await fit(pool)
        return CalibrationEvaluation.Result(
            model: model, calibration: all.calibration, thresholds: all.thresholds,
            probability: all.probability.calibration, mislabelled: all.probability.mislabelled, heldOut: comparison,
            notes: pool.notes)
    }

    private struct Fitted {
        var sample: TraitSample
        var calibration: MatchCalibration
        var thresholds: AdaptiveThresholds
        var probability: ProbabilityCalibration.Fit
    }

    private func fit(_ pool: CalibrationPool) async throws -> Fitted {
        let natural = pool.natural
        guard let dimension = natural.first?.face.embedding.values.count else {
            throw MeasurementError.noFaceToCalibrate
        }
        let measured = try await ImpostorCalibration(
            embeddings: natural.flatMap(\.face.embedding.values), dimension: dimension, labels: natural.map(\.person))
        let hasChildren = pool.pictures.contains { $0.kind == CalibrationPool.child }
        var calibration = MatchCalibration(
            measured, data: data, conditions: conditions, remark: hasChildren ? remark + Self.childrenRemark : remark,
            command: command)
        let lowest = calibration.lowestSupportedRate
        calibration.points.removeAll { $0.falseMatchRate < lowest }
        let sample = try TraitSample(pool.pictures, impostors: impostors, mated: Self.mated, seed: seed)
        let thresholds = AdaptiveThresholds(fitting: sample, beside: calibration, data: data)
        return Fitted(
            sample: sample, calibration: calibration, thresholds: thresholds,
            probability: try ProbabilityCalibration.fit(sample, thresholds: thresholds, one: calibration))
    }
}
