public import Datasets
public import Evaluation
public import Faces
import Foundation
public import Recognition

/// What a model's similarities mean on pictures of people: `likeness calibrate`.
///
/// Three things are fitted: the one threshold at each false match rate, thresholds by condition, and the map from similarities
/// to probabilities. Everything is fitted on half of the people and tested on the other half first, then fitted on all.
public struct CalibrationEvaluation: Sendable {
    /// Which pictures are altered, how much is compared, and what the card is to say of it.
    public struct Options: Sendable {
        /// How many pictures of a person are altered, 1 or more.
        public var altered = 2
        /// How many pictures are altered at most, the first of the list.
        public var alteredInAll = 2100
        /// How many comparisons of two people are drawn for each condition, at most; 1000 or more.
        public var impostors = 400_000
        /// Another seed, other comparisons and halves.
        public var seed: UInt64 = 1
        /// What the pictures are, in words.
        public var data: String
        /// What weakens the figures, in words.
        public var remark: String

        /// Options with the usual numbers.
        public init(data: String, remark: String) { (self.data, self.remark) = (data, remark) }
    }

    /// What was fitted on all people, and how it does on people whom it was not fitted on.
    public struct Result: Sendable {
        /// The model that was measured.
        public let model: ModelCard
        /// The one threshold at each false match rate.
        public let calibration: MatchCalibration
        /// Thresholds by condition.
        public let thresholds: AdaptiveThresholds
        /// The map from similarities to probabilities.
        public let probability: ProbabilityCalibration
        /// The share of comparisons called mated that look like those of two people, 0...1.
        public let mislabelled: Double
        /// Fitted on half of the people, tested on the other half.
        public let heldOut: DecisionComparison
        /// What is to be said of the pictures.
        public let notes: PictureNotes
    }

    private let options: Options

    /// A calibration with these options.
    public init(_ options: Options) { self.options = options }

    /// Embeds the pictures, and fits.
    ///
    /// - Parameters:
    ///   - photographs: Photographs of grown-ups.
    ///   - children: Pictures of children, one a child.
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
