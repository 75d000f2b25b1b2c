public import Datasets
public import Evaluation
import Faces
public import Foundation
import LikenessSupport
public import Recognition
public import Reports

/// Closed-set identification by a softmax classifier on embeddings: `likeness evaluate classify`.
///
/// Some pictures of each person are learned from and the others tested. Pictures without a face are left out and counted, and
/// people with one picture; a tested copy without a face is an error.
public struct ClassificationEvaluation: Sendable {
    /// What was found.
    public struct Result: Sendable {
        /// The networks and settings, and the pictures that were left out.
        public let conditions: MeasurementConditions
        /// The figures.
        public let classification: ClosedSetClassification
        /// Pictures without a face as they are, or unreadable.
        public let failedImages: Int
        /// Copies that are tested and have no face; `nil` if pictures are tested as they are.
        public let failedTests: Int?
        /// What is to be said of the pictures and of the tested copies.
        public var notes: PictureNotes { conditions.notes }
        let recognizer: Recognizer
        let classified: ClassifiedPictures
        let reading: PictureReading
        let copies: URL?
        let seeds: UInt64
    }

    private let division: ClosedSetClassification.Division
    private let ridges: [Double]
    private let seeds: UInt64
    private let copies: URL?

    /// Creates an evaluation.
    ///
    /// - Parameters:
    ///   - division: Which pictures are learned from.
    ///   - ridges: Weights of the squares that hold the classifier back, to choose from; all more than 0.
    ///   - seeds: How many divisions, each by a seed of its own from 1 on; 1 or more.
    ///   - copies: The folder of altered copies that are tested instead of the pictures.
    public init(
        _ division: ClosedSetClassification.Division = .share(0.8),
        ridges: [Double] = ClosedSetClassification.usualRidges, seeds: UInt64 = 5, copies: URL? = nil
    ) {
        precondition(seeds > 0, "a seed or more")
        (self.division, self.ridges, self.seeds, self.copies) = (division, ridges, seeds, copies)
    }

    /// Embeds the pictures, learns from some and tests the others.
    ///
    /// - Throws: ``MeasurementError``; `EvaluationError`; errors of the engine.
    public func measure(
        _ pictures: [IdentityList.Picture], reading: PictureReading, by recognizer: Recognizer
    ) async throws -> Result {
        let classified = try await ClassifiedPictures(pictures, copies: copies, reading: reading, by: recognizer)
        let folds = if case .folds(let count) = division { count } else { 1 }
        reading.observer.observe(.began(count: Int(clamping: seeds) * folds, unit: "classifiers"))
        let classification: ClosedSetClassification
        do {
            defer { reading.observer.observe(.ended) }
            classification = try await ClosedSetClassification(
                classified.samples, division: division, ridges: ridges, seeds: Array(1...seeds)
            ) { reading.observer.observe(.advanced(failed: false)) }
        }
        return Result(
            conditions: MeasurementConditions(recognizer, face: reading.selection, classified.notes),
            classification: classification, failedImages: classified.people.failed,
            failedTests: classified.failedTests(of: classification.people), recognizer: recognizer,
            classified: classified, reading: reading, copies: copies, seeds: seeds)
    }
}

extension ClassificationEvaluation.Result {
    /// The page, with pictures of the people who were confused most.
    public func page(provenance: Provenance) async -> Report {
        var thumbnails = Thumbnails(recognizer, selection: reading.selection)
        let measurement = ClassificationMeasurement(
            model: MeasuredModel(card: recognizer.embedder.card, conditions: conditions.facts),
            result: classification, counts: facts,
            confused: await classified.confused(classification, from: &thumbnails))
        return Report(classification: measurement, provenance: provenance)
    }

    private var facts: [Page.Fact] {
        let result = classification
        var facts = [
            Page.Fact("People", "\(result.people.count) with \(counted(result.pictures, "picture"))"),
            Page.Fact("Learned from", result.division.words), Page.Fact("Seeds", "1 to \(seeds)"),
            Page.Fact(
                "Left out",
                "\(counted(failedImages, "picture")) without a face or unreadable, \(result.leftOut) of people with one picture"
            ),
        ]
        if let copies {
            facts.append(
                Page.Fact("Tested", "copies in \(copies.relativePath), \(failedTests ?? 0) of them without a face"))
        }
        return facts
    }
}

extension ClosedSetClassification.Division {
    /// What is learned from, in words: `5 folds`, `80 % of each person's pictures`.
    public var words: String {
        switch self {
        case .folds(let count): "\(count) folds"
        case .share(let share): "\(significant(100 * share)) % of each person's pictures"
        }
    }
}
