public import Datasets
import Evaluation
public import Faces
import Foundation
public import Recognition

/// The similarity that impostors reach at each false match rate, over all pairs of pictures of people:
/// `likeness evaluate thresholds`.
public struct ThresholdsEvaluation: Sendable {
    /// What was found.
    public struct Result: Sendable {
        /// The networks and settings, and the pictures that were left out.
        public let conditions: MeasurementConditions
        /// The model that was measured.
        public let model: ModelCard
        /// The figures, as a model card holds them.
        public let calibration: MatchCalibration
    }

    private let data: String
    private let remark: String
    private let command: @Sendable (_ model: String, _ detector: String) -> String

    /// Creates an evaluation.
    ///
    /// - Parameters:
    ///   - data: What the pictures are, in words: the card keeps it.
    ///   - remark: What weakens the figures, in words.
    ///   - command: The command that makes the figures again, by the names of model and detector.
    public init(
        data: String, remark: String,
        command: @escaping @Sendable (_ model: String, _ detector: String) -> String
    ) {
        (self.data, self.remark, self.command) = (data, remark, command)
    }

    /// Embeds the pictures and compares all with all.
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
    /// The lowest of its rates that its people support; `nil` if they support none.
    public var lowestUsableRate: Double? {
        points.map(\.falseMatchRate).last { (try? threshold(falseMatchRate: $0)) != nil }
    }

    /// A card's figures from a measurement.
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
