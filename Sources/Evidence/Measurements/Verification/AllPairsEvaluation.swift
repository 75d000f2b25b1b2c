public import Datasets
public import Evaluation
import Faces
import Foundation
import LikenessSupport
public import Recognition
public import Reports

/// Evaluates verification on all pairs of pictures of people, with one or more models: `likeness evaluate all-pairs`.
///
/// Every picture is compared with every other. Pictures without a face are left out and counted.
public struct AllPairsEvaluation: Sendable {
    /// The results of one model.
    public struct Measured: Sendable {
        /// The networks and settings, and the pictures that were left out.
        public let conditions: MeasurementConditions
        /// The number of pictures that have no face or can't be read. They are not in any pair.
        public let failedImages: Int
        /// The report.
        public let report: AllPairsReport
    }

    private let pictures: [IdentityList.Picture]
    private let reading: PictureReading
    private let hasPage: Bool
    private var parts: [AllPairsMeasurement] = []
    /// The results of the models, in the order in which they were measured.
    public private(set) var measured: [Measured] = []
    /// Notes on the pictures.
    public private(set) var notes = PictureNotes()

    /// Creates an evaluation, for which no model is measured yet.
    ///
    /// - Parameters:
    ///   - pictures: Pictures of people; those without a name are left out.
    ///   - reading: How the pictures are read.
    ///   - hasPage: Whether a report will also be created, so that the pairs with the worst errors are collected for
    ///     it.
    public init(_ pictures: [IdentityList.Picture], reading: PictureReading, hasPage: Bool = false) {
        (self.pictures, self.reading, self.hasPage) = (pictures, reading, hasPage)
    }

    /// Measures a model and adds its results to ``measured``.
    ///
    /// - Throws: ``MeasurementError``; `EvaluationError`; errors of the engine.
    public mutating func measure(by recognizer: Recognizer) async throws {
        let card = recognizer.embedder.card
        let dimension = recognizer.embedder.dimension
        let people = try await EmbeddedPeople(pictures, reading: reading, by: recognizer)
        notes.add(people.notes)
        let rows = people.rows(people.labels.indices)
        reading.observer.observe(.embedded(faces: rows.labels.count, withoutFace: people.withoutFace))
        let report = try await AllPairsReport(embeddings: rows.values, dimension: dimension, labels: rows.labels)
        let conditions = MeasurementConditions(recognizer, face: reading.selection, people.notes)
        measured.append(Measured(conditions: conditions, failedImages: people.failed, report: report))
        guard hasPage else { return }
        let worst = try await WorstPairs(embeddings: rows.values, dimension: dimension, labels: rows.labels)
        var thumbnails = Thumbnails(recognizer, selection: reading.selection)
        parts.append(
            AllPairsMeasurement(
                model: MeasuredModel(card: card, conditions: conditions.facts), report: report,
                failedImages: people.failed,
                falseMatches: await pairs(worst.falseMatches, of: people, from: &thumbnails),
                falseNonMatches: await pairs(worst.falseNonMatches, of: people, from: &thumbnails)))
    }

    /// Creates the report on the measured models.
    ///
    /// - Precondition: `hasPage` was true when the evaluation was created.
    public func page(provenance: Provenance) -> Report {
        precondition(hasPage, "a report must be requested before the measurement")
        return Report(allPairs: parts, provenance: provenance)
    }

    private func pairs(
        _ worst: [WorstPairs.Pair], of people: EmbeddedPeople, from thumbnails: inout Thumbnails
    ) async -> [PicturePair] {
        let present = people.present
        var pairs: [PicturePair] = []
        for pair in worst {
            let (first, second) = (present[pair.first], present[pair.second])
            let files = "\(people.pictures[first].file) – \(people.pictures[second].file)"
            let lines = ["similarity \(decimal(pair.similarity, 3))", files]
            pairs.append(await people.pair(first, second, in: reading.folder, from: &thumbnails, lines: lines))
        }
        return pairs
    }
}
