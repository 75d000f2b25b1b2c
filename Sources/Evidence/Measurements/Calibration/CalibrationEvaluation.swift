public import Datasets
public import Evaluation
public import Faces
import Foundation
public import Recognition

/// Calibrates the similarities of a model on pictures of people: `likeness calibrate`.
///
/// Three things are fitted: a single threshold at each false match rate, thresholds by condition, and a map from
/// similarities to probabilities. Everything is first fitted on one half of the people and tested on the other half,
/// then fitted on all people.
public struct CalibrationEvaluation: Sendable {
    /// The number of altered pictures and comparisons, and the texts for the card.
    public struct Options: Sendable {
        /// The number of pictures of each person that are altered, at least 1.
        public var altered = 2
        /// The maximum number of altered pictures in total; the first ones of the list are used.
        public var alteredInAll = 2100
        /// The maximum number of impostor comparisons drawn for each condition, at least 1000.
        public var impostors = 400_000
        /// The seed for the choice of comparisons and for the two halves.
        public var seed: UInt64 = 1
        /// A description of the pictures.
        public var data: String
        /// A description of the limitations of the measurement.
        public var remark: String

        /// Creates options with default numbers.
        public init(data: String, remark: String) { (self.data, self.remark) = (data, remark) }
    }

    /// The calibration fitted on all people, and the results on held-out people.
    public struct Result: Sendable {
        /// The model that was measured.
        public let model: ModelCard
        /// The single threshold at each false match rate.
        public let calibration: MatchCalibration
        /// Thresholds by condition.
        public let thresholds: AdaptiveThresholds
        /// The map from similarities to probabilities.
        public let probability: ProbabilityCalibration
        /// The share of mated comparisons that look like impostors (probably wrong labels), 0...1.
        public let mislabelled: Double
        /// The results of fitting on one half of the people and testing on the other half.
        public let heldOut: DecisionComparison
        /// Notes on the pictures.
        public let notes: PictureNotes
    }

    private let options: Options

    /// Creates a calibration with these options.
    public init(_ options: Options) { self.options = options }

    /// Embeds the pictures, and fits the calibration.
    ///
    /// - Parameters:
    ///   - photographs: Photographs of adults.
    ///   - children: Pictures of children, one of each child.
    ///   - reading: How the pictures are read.
    ///   - recognizer: Finds the faces and embeds them.
    /// - Throws: ``MeasurementError``; `EvaluationError`; errors of the engine.
    public func measure(
        _ photographs: [IdentityList.Picture], children: [IdentityList.Picture] = [], reading: PictureReading,
        by recognizer: Recognizer
    ) async throws -> Result {
        let model = recognizer.embedder.card
        guard recognizer.finder.maskEstimator != nil else { throw MeasurementError.noMaskClassifier }
        let pool = try await CalibrationPool(
            photographs, children: children, altered: options.altered, most: options.alteredInAll, reading: reading,
            by: recognizer)
        let unreadable = pool.notes.unreadable.count
        let fitter = CalibrationFitter(
            impostors: options.impostors, seed: options.seed, data: options.data,
            conditions: "detector \(recognizer.finder.detector.name), \(recognizer.precision), "
                + "\(pool.failed) of \(photographs.count) photographs without a face"
                + (unreadable == 0 ? "" : ", \(unreadable) unreadable"), remark: options.remark,
            command: "Experiments/decisions/calibrate \(model.name)")
        reading.observer.observe(.embedded(faces: pool.pictures.count, withoutFace: pool.failed))
        return try await fitter.result(pool, model: model)
    }
}
