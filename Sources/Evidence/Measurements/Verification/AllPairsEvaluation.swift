public import Datasets
public import Evaluation
import Faces
import Foundation
import LikenessSupport
public import Recognition
public import Reports

/// Verification on all pairs of pictures of people, by one model or by several: `likeness evaluate all-pairs`.
///
/// Every picture is compared with every other. Pictures without a face are left out and counted.
public struct AllPairsEvaluation: Sendable {
    /// One model's figures.
    public struct Measured: Sendable {
        /// The networks and settings, and the pictures that were left out.
        public let conditions: MeasurementConditions
        /// Pictures without a face, and those that can't be read: they are in no pair.
        public let failedImages: Int
        /// The figures.
        public let report: AllPairsReport
    }

    private let pictures: [IdentityList.Picture]
    private let reading: PictureReading
    private let hasPage: Bool
    private var parts: [AllPairsMeasurement] = []
    /// The models that were measured, in their order.
    public private(set) var measured: [Measured] = []
    /// What is to be said of the pictures.
    public private(set) var notes = PictureNotes()

    /// An evaluation that has not measured any model yet.
    ///
    /// - Parameters:
    ///   - pictures: Pictures of people; those of nobody in particular are left out.
    ///   - reading: How the pictures are read.
    ///   - hasPage: Whether a page is wanted too: the pairs that went worst are found for it.
    public init(_ pictures: [IdentityList.Picture], reading: PictureReading, hasPage: Bool = false) {
        (self.pictures, self.reading, self.hasPage) = (pictures, reading, hasPage)
    }

    /// Measures a model and adds it to ``measured``.
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

    /// The page of the models that were measured.
    ///
    /// - Precondition: A page was asked for.
    public func page(provenance: Provenance) -> Report {
        precondition(hasPage, "a page is asked for before the work")
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
