public import Datasets
public import Evaluation
import Faces
import Foundation
import LikenessSupport
public import Recognition
public import Reports

/// The origin of the threshold at which groups are compared.
public enum GroupThreshold: Hashable, Sendable {
    /// The threshold is given, -1...1.
    case given(Float)
    /// The threshold in the model's card for a false match rate.
    case card(falseMatchRate: Double)
    /// The threshold for a false match rate over all impostor pairs of the list.
    case list(falseMatchRate: Double)

    /// The name of the origin: `given`, `card` or `list`.
    public var name: String {
        switch self {
        case .given: "given"
        case .card: "card"
        case .list: "list"
        }
    }

    /// The false match rate of the threshold; `nil` if the threshold is given.
    public var rate: Double? {
        switch self {
        case .given: nil
        case .card(let rate), .list(let rate): rate
        }
    }

    /// Returns the threshold that is known before the measurement; `nil` if it comes from the list.
    ///
    /// - Throws: `FaceError` if the card can't support the rate.
    func threshold(of card: ModelCard) throws -> Float? {
        switch self {
        case .given(let threshold): threshold
        case .card(let rate): try card.threshold(falseMatchRate: rate)
        case .list: nil
        }
    }

    /// Returns the origin of a threshold in words.
    ///
    /// - Parameters:
    ///   - name: The value of ``name``.
    ///   - rate: The value of ``rate``.
    public static func words(name: String, rate: Double?) -> String {
        guard let rate else { return "given" }
        let text = significant(rate)
        return name == "list" ? "FMR \(text) over all impostor pairs of the list" : "the card's at FMR \(text)"
    }
}

/// Evaluates fairness: the errors by age, gender or any other label, at one threshold for everyone. `likeness evaluate
/// groups`.
///
/// Every picture is compared with every other. The false match rate of a group is that of comparisons between its
/// members. A picture without a face never matches. Pictures that can't be read are left out and counted.
public struct GroupsEvaluation: Sendable {
    /// The groups given by one column, or by a combination of several.
    public struct Label: Sendable {
        /// The column or columns as requested, such as `gender+age`.
        public let label: String
        /// The errors.
        public let errors: GroupErrors
    }

    /// The result of the evaluation.
    public struct Result: Sendable {
        /// The networks and settings, and the pictures that were left out.
        public let conditions: MeasurementConditions
        /// The similarity from which two pictures match.
        public let threshold: Float
        /// The origin of the threshold.
        public let source: GroupThreshold
        /// The number of pictures that could be read.
        public let pictures: Int
        /// The number of named people.
        public let people: Int
        /// Pictures without a face, and those that can't be read.
        public let failures: [PairsReport.FailedImage]
        /// The results, in the order of the labels.
        public let labels: [Label]
        let recognizer: Recognizer
    }

    private let groupings: [Grouping]
    private let source: GroupThreshold
    private let bootstrapRounds: Int
    private let seed: UInt64

    /// Creates an evaluation.
    ///
    /// - Parameters:
    ///   - labels: The columns of labels, or combinations such as `gender+age`; none may be empty.
    ///   - source: The origin of the threshold.
    ///   - bootstrapRounds: The number of times people are resampled for intervals; 0 for no intervals.
    ///   - seed: The seed of the resampling.
    public init(
        _ labels: [String], threshold source: GroupThreshold = .card(falseMatchRate: 1e-3),
        bootstrapRounds: Int = 1000, seed: UInt64 = 1
    ) {
        groupings = labels.map { Grouping(label: $0) }
        (self.source, self.bootstrapRounds, self.seed) = (source, bootstrapRounds, seed)
    }

    /// The columns that the list of pictures must have, without duplicates.
    public var columns: [String] {
        groupings.flatMap(\.columns).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Embeds the pictures and counts errors by group.
    ///
    /// - Parameters:
    ///   - all: The pictures, with at least ``columns``.
    ///   - reading: How the pictures are read.
    ///   - recognizer: Finds the faces and embeds them.
    /// - Throws: ``MeasurementError``; `EvaluationError`; `FaceError` if the card can't support the rate, which is
    ///   checked before the measurement; errors of the engine.
    public func measure(
        _ all: LabelledList, reading: PictureReading, by recognizer: Recognizer
    ) async throws -> Result {
        let card = recognizer.embedder.card
        let known = try source.threshold(of: card)
        let embedded = try await reading.faces(
            of: all.pictures.map(\.file), at: all.pictures.map { LabelledList.url(of: $0, in: reading.folder) },
            by: recognizer)
        let unreadable = Set(embedded.notes.unreadable.map(\.image))
        let list = all.filtered { !unreadable.contains($0.file) }
        let faces = embedded.readable.map { $0.face?.embedding.values }
        let comparisons = try GroupComparisons(
            embeddings: faces, dimension: recognizer.embedder.dimension, people: list.pictures.map(\.identity))
        let threshold =
            switch (known, source.rate) {
            case (let known?, _): known
            case (nil, let rate?): try await comparisons.threshold(falseMatchRate: rate)
            case (nil, nil): preconditionFailure("a threshold is known, or has a rate")
            }
        var labels: [Label] = []
        for grouping in groupings {
            let errors = try await comparisons.errors(
                groups: grouping.groups(of: list), threshold: threshold, bootstrapRounds: bootstrapRounds, seed: seed)
            labels.append(Label(label: grouping.label, errors: errors))
        }
        return Result(
            conditions: MeasurementConditions(recognizer, face: reading.selection, embedded.notes),
            threshold: threshold, source: source, pictures: list.pictures.count,
            people: Set(list.pictures.compactMap(\.identity)).count,
            failures: Self.withoutFace(list, faces) + embedded.notes.unreadable, labels: labels,
            recognizer: recognizer)
    }

    private static func withoutFace(_ list: LabelledList, _ faces: [[Float]?]) -> [PairsReport.FailedImage] {
        zip(list.pictures, faces).compactMap { picture, face in
            face == nil ? PairsReport.FailedImage(image: picture.file, reason: RecognitionError.noFace.problem) : nil
        }
    }
}

extension GroupsEvaluation.Result {
    /// Creates the report.
    public func page(provenance: Provenance) -> Report {
        let measurement = GroupMeasurement(
            model: MeasuredModel(card: recognizer.embedder.card, conditions: conditions.facts),
            labels: labels.map { GroupMeasurement.Label(name: $0.label, errors: $0.errors) }, threshold: threshold,
            thresholdSource: GroupThreshold.words(name: source.name, rate: source.rate), failures: failures)
        return Report(groups: measurement, provenance: provenance)
    }
}

/// The division into groups by a column of labels, or by a combination of several.
private struct Grouping: Sendable {
    /// The column or columns as requested, such as `gender+age`.
    let label: String

    var columns: [String] { label.split(separator: "+").map(String.init) }

    /// Returns the group of each picture; `nil` if it lacks a label.
    func groups(of list: LabelledList) -> [String?] {
        let places = columns.compactMap { list.columns.firstIndex(of: $0) }
        return list.pictures.map { picture in
            let labels = places.compactMap { picture.labels[$0] }
            return labels.count == places.count ? labels.joined(separator: " + ") : nil
        }
    }
}
