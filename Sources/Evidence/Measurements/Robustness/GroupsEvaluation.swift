public import Datasets
public import Evaluation
import Faces
import Foundation
import LikenessSupport
public import Recognition
public import Reports

/// The one threshold at which groups are compared.
public enum GroupThreshold: Hashable, Sendable {
    /// It is given, -1...1.
    case given(Float)
    /// The model card's at a false match rate.
    case card(falseMatchRate: Double)
    /// The similarity that this share of all pairs of two people of the list reaches.
    case list(falseMatchRate: Double)

    /// Where the threshold comes from: `given`, `card` or `list`.
    public var name: String {
        switch self {
        case .given: "given"
        case .card: "card"
        case .list: "list"
        }
    }

    /// The false match rate that the threshold is for; `nil` if it is given.
    public var rate: Double? {
        switch self {
        case .given: nil
        case .card(let rate), .list(let rate): rate
        }
    }

    /// Where a threshold comes from, in words.
    ///
    /// - Parameters:
    ///   - name: As of ``name``.
    ///   - rate: As of ``rate``.
    public static func words(name: String, rate: Double?) -> String {
        guard let rate else { return "given" }
        let text = significant(rate)
        return name == "list" ? "FMR \(text) of all pairs of two people of the list" : "the card's at FMR \(text)"
    }
}

/// Fairness: errors by age, gender or any label, at one threshold for all: `likeness evaluate groups`.
///
/// Every picture is compared with every other; a group's false match rate is that of its people with each other. A picture
/// without a face never matches; one that can't be read is left out, and counted.
public struct GroupsEvaluation: Sendable {
    /// The groups of one column, or of several crossed.
    public struct Label: Sendable {
        /// As it was asked for: `gender+age`.
        public let label: String
        /// The figures.
        public let errors: GroupErrors
    }

    /// What was found.
    public struct Result: Sendable {
        /// The networks and settings, and the pictures that were left out.
        public let conditions: MeasurementConditions
        /// The similarity from which two pictures match.
        public let threshold: Float
        /// Where it comes from.
        public let source: GroupThreshold
        /// How many pictures can be read.
        public let pictures: Int
        /// How many people are named.
        public let people: Int
        /// Pictures without a face, and those that can't be read.
        public let failures: [PairsReport.FailedImage]
        /// The figures, in the order of the labels.
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
    ///   - labels: Columns of labels, or several crossed: `gender+age`. None is empty.
    ///   - source: Where the threshold comes from.
    ///   - bootstrapRounds: How often people are drawn for intervals; 0 leaves these out.
    ///   - seed: Another seed draws other people.
    public init(
        _ labels: [String], threshold source: GroupThreshold = .card(falseMatchRate: 1e-3),
        bootstrapRounds: Int = 1000, seed: UInt64 = 1
    ) {
        groupings = labels.map { Grouping(label: $0) }
        (self.source, self.bootstrapRounds, self.seed) = (source, bootstrapRounds, seed)
    }

    /// The columns that the list of pictures needs, each once.
    public var columns: [String] {
        groupings.flatMap(\.columns).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Embeds the pictures and counts errors by group.
    ///
    /// - Parameters:
    ///   - all: Pictures with at least ``columns``.
    ///   - reading: How the pictures are read.
    ///   - recognizer: Finds the faces and embeds them.
    /// - Throws: ``MeasurementError``; `EvaluationError`; `FaceError` if the card can't support the rate, which is known before
    ///   the work; errors of the engine.
    public func measure(
        _ all: LabelledList, reading: PictureReading, by recognizer: Recognizer
    ) async throws -> Result {
        let card = recognizer.embedder.card
        // Whether the card supports the rate is known before the work.
        if case .card(let rate) = source { _ = try card.threshold(falseMatchRate: rate) }
        let embedded = try await reading.faces(
            of: all.pictures.map(\.file), at: all.pictures.map { LabelledList.url(of: $0, in: reading.folder) },
            by: recognizer)
        let unreadable = Set(embedded.notes.unreadable.map(\.image))
        let list = all.filtered { !unreadable.contains($0.file) }
        let faces = embedded.readable.map { $0.face?.embedding.values }
        let comparisons = try GroupComparisons(
            embeddings: faces, dimension: recognizer.embedder.dimension, people: list.pictures.map(\.identity))
        let threshold =
            switch source {
            case .given(let threshold): threshold
            case .card(let rate): try card.threshold(falseMatchRate: rate)
            case .list(let rate): try await comparisons.threshold(falseMatchRate: rate)
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
            face == nil ? PairsReport.FailedImage(image: picture.file, reason: "\(RecognitionError.noFace)") : nil
        }
    }
}

extension GroupsEvaluation.Result {
    /// The page.
    public func page(provenance: Provenance) -> Report {
        let measurement = GroupMeasurement(
            model: MeasuredModel(card: recognizer.embedder.card, conditions: conditions.facts),
            labels: labels.map { GroupMeasurement.Label(name: $0.label, errors: $0.errors) }, threshold: threshold,
            thresholdSource: GroupThreshold.words(name: source.name, rate: source.rate), failures: failures)
        return Report(groups: measurement, provenance: provenance)
    }
}

/// How groups are made: by a column of labels, or by several crossed.
private struct Grouping: Sendable {
    /// As it was asked for: `gender+age`.
    let label: String

    var columns: [String] { label.split(separator: "+").map(String.init) }

    /// The group of each picture; `nil` if it lacks a label.
    func groups(of list: LabelledList) -> [String?] {
        let places = columns.compactMap { list.columns.firstIndex(of: $0) }
        return list.pictures.map { picture in
            let labels = places.compactMap { picture.labels[$0] }
            return labels.count == places.count ? labels.joined(separator: " + ") : nil
        }
    }
}
