public import Datasets
public import Evaluation
import Faces
public import Foundation
import LikenessSupport
public import Recognition
public import Reports

/// Evaluates closed-set identification by a softmax classifier on embeddings: `likeness evaluate classify`.
///
/// Some pictures of each person are used for training and the others for testing. Pictures without a face and people
/// with only one picture are left out and counted. An altered copy without a face counts as an error when it is tested.
public struct ClassificationEvaluation: Sendable {
    /// The result of the evaluation.
    public struct Result: Sendable {
        /// The networks and settings, and the pictures that were left out.
        public let conditions: MeasurementConditions
        /// The results of the classifier.
        public let classification: ClosedSetClassification
        /// The number of pictures that have no face when unaltered, or can't be read.
        public let failedImages: Int
        /// The number of tested copies without a face; `nil` if the unaltered pictures are tested.
        public let failedTests: Int?
        /// Notes on the pictures and on the tested copies.
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
    ///   - division: The division into training and test pictures.
    ///   - ridges: The ridge penalties to choose from, all greater than 0.
    ///   - seeds: The number of divisions, at least 1, with the seeds 1, 2 and so on.
    ///   - copies: The folder of altered copies that are tested instead of the pictures.
    public init(
        _ division: ClosedSetClassification.Division = .share(0.8),
        ridges: [Double] = ClosedSetClassification.usualRidges, seeds: UInt64 = 5, copies: URL? = nil
    ) {
        precondition(seeds > 0, "at least one seed is needed")
        (self.division, self.ridges, self.seeds, self.copies) = (division, ridges, seeds, copies)
    }

    /// Embeds the pictures, trains on some and tests the others.
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
    /// Creates the report, with pictures of the most frequently confused people.
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
            Page.Fact("Training pictures", result.division.words), Page.Fact("Seeds", "1 to \(seeds)"),
            Page.Fact(
                "Left out",
                "\(counted(failedImages, "picture")) without a face or unreadable, \(result.leftOut) of people with "
                    + "only one picture"
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
    /// The training pictures, in words, such as `5 folds` or `80 % of each person's pictures`.
    public var words: String {
        switch self {
        case .folds(let count): "\(count) folds"
        case .share(let share): "\(significant(100 * share)) % of each person's pictures"
        }
    }
}
