public import Datasets
import Evaluation
public import Faces
import Foundation
public import Recognition

/// Measures the thresholds at each false match rate, over all pairs of pictures of people: `likeness evaluate
/// thresholds`.
public struct ThresholdsEvaluation: Sendable {
    /// The result of the evaluation.
    public struct Result: Sendable {
        /// The networks and settings, and the pictures that were left out.
        public let conditions: MeasurementConditions
        /// The model that was measured.
        public let model: ModelCard
        /// The thresholds and error rates, in the form of a model card.
        public let calibration: MatchCalibration
    }

    private let data: String
    private let remark: String
    private let command: @Sendable (_ model: String, _ detector: String) -> String

    /// Creates an evaluation.
    ///
    /// - Parameters:
    ///   - data: A description of the pictures, which is stored in the card.
    ///   - remark: A description of the limitations of the measurement.
    ///   - command: Returns the command that reproduces the measurement, from the names of the model and the detector.
    public init(
        data: String, remark: String,
        command: @escaping @Sendable (_ model: String, _ detector: String) -> String
    ) {
        (self.data, self.remark, self.command) = (data, remark, command)
    }

    /// Embeds the pictures and compares every picture with every other.
    ///
    /// - Throws: ``MeasurementError``; `EvaluationError`; errors of the engine.
    public func measure(
        _ pictures: [IdentityList.Picture], reading: PictureReading, by recognizer: Recognizer
    ) async throws -> Result {
        let model = recognizer.embedder.card
        let people = try await EmbeddedPeople(pictures, reading: reading, by: recognizer)
        let rows = people.rows(people.labels.indices)
        reading.observer.observe(.embedded(faces: rows.labels.count, withoutFace: people.withoutFace))
        let measured = try await ImpostorCalibration(
            embeddings: rows.values, dimension: recognizer.embedder.dimension, labels: rows.labels)
        let unreadable = people.notes.unreadable.count
        return Result(
            conditions: MeasurementConditions(recognizer, face: reading.selection, people.notes), model: model,
            calibration: MatchCalibration(
                measured, data: data,
                conditions: "detector \(recognizer.finder.detector.name), \(recognizer.precision), "
                    + "\(people.failed) of \(pictures.count) pictures without a face"
                    + (unreadable == 0 ? "" : ", \(unreadable) of these unreadable"),
                remark: remark, command: command(model.name, recognizer.finder.detector.name)))
    }
}

extension MatchCalibration {
    /// The lowest of its false match rates that its number of people supports; `nil` if it supports none.
    public var lowestUsableRate: Double? {
        points.map(\.falseMatchRate).last { (try? threshold(falseMatchRate: $0)) != nil }
    }

    /// Creates a calibration for a card from a measurement.
    init(_ measured: ImpostorCalibration, data: String, conditions: String, remark: String, command: String) {
        self.init(
            points: measured.points.map {
                OperatingPoint(
                    falseMatchRate: $0.falseMatchRate, threshold: $0.threshold,
                    falseNonMatchRate: $0.falseNonMatchRate)
            },
            data: data, people: measured.people, pictures: measured.pictures, impostorPairs: measured.impostorPairs,
            peoplePairs: measured.peoplePairs, matedPairs: measured.matedPairs, conditions: conditions,
            remark: remark, command: command)
    }
}
