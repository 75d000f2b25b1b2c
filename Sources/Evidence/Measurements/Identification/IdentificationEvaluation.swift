public import Datasets
public import Evaluation
import Faces
import LikenessSupport
public import Recognition
public import Reports

/// Evaluates identification in a gallery, of enrolled people (closed set) and of people who are not enrolled (open
/// set): `likeness evaluate identify`.
///
/// A probe without a face returns no one. A person is never found if none of their enrolled pictures has a face.
/// Pictures that can't be read are left out and counted.
public struct IdentificationEvaluation: Sendable {
    /// The choice of people and pictures, and of the results to compute.
    public struct Options: Sendable {
        /// The number of pictures enrolled of each person, at least 1.
        public var enrolled = 1
        /// The share of people who are not enrolled, 0..<1.
        public var strangers = 0.0
        /// Whether people with too few pictures to be both enrolled and searched for are also used as people who are
        /// not enrolled.
        public var includesSmall = false
        /// The false positive identification rates at which the FNIR is given, each between 0 and 1.
        public var rates = OpenSetIdentification.usualRates
        /// The maximum number of people that a search returns, for the FNIR.
        public var rank = 1
        /// The number of ranks reported for the closed set.
        public var ranks = 20
        /// The number of times people are resampled for intervals; 0 for no intervals.
        public var bootstrapRounds = 0
        /// The seed for the choice of people and pictures.
        public var seed: UInt64 = 1

        /// Creates the default options.
        public init() {}
    }

    /// The result of the evaluation.
    public struct Result: Sendable {
        /// The networks and settings, and the pictures that were left out.
        public let conditions: MeasurementConditions
        /// The enrolled people, and the pictures searched for.
        public let split: IdentificationSplit
        /// The number of enrolled pictures and probes without a face, and of those that can't be read.
        public let failedImages: Int
        /// The results of searches for enrolled people.
        public let closedSet: ClosedSetIdentification
        /// A point for each rate that the searches support; empty if everyone is enrolled.
        public let openSet: [OpenSetIdentification.Point]
        /// The reasons why the searches don't support some rates.
        public let refused: [String]
        let recognizer: Recognizer
        let options: Options
        let found: SearchPictures
        let reading: PictureReading
    }

    private let options: Options

    /// Creates an evaluation with these options.
    public init(_ options: Options = Options()) { self.options = options }

    /// Checks before the measurement that the list has enough people and pictures.
    ///
    /// - Throws: `EvaluationError`.
    public func check(_ pictures: [IdentityList.Picture]) throws { _ = try split(pictures) }

    /// Embeds the pictures, enrolls some and searches for the others.
    ///
    /// - Throws: ``MeasurementError``; `EvaluationError`; errors of the engine.
    public func measure(
        _ pictures: [IdentityList.Picture], reading: PictureReading, by recognizer: Recognizer
    ) async throws -> Result {
        let dimension = recognizer.embedder.dimension
        let people = try await EmbeddedPeople(pictures, reading: reading, by: recognizer)
        let split = try split(people.pictures)
        let placed = try await search(people, split, dimension: dimension)
        let searches = placed.map(\.search)
        let closedSet = try ClosedSetIdentification(
            searches.filter(\.isMated), enrolledPeople: split.enrolled.count, ranks: options.ranks,
            bootstrapRounds: options.bootstrapRounds, seed: options.seed)
        let (points, refused) = try openSet(searches, split)
        return Result(
            conditions: MeasurementConditions(recognizer, face: reading.selection, people.notes), split: split,
            failedImages: people.failed, closedSet: closedSet, openSet: points, refused: refused,
            recognizer: recognizer, options: options,
            found: SearchPictures(searches: placed, people: people, gallery: split.gallery), reading: reading)
    }

    private func split(_ pictures: [IdentityList.Picture]) throws -> IdentificationSplit {
        try IdentificationSplit(
            labels: pictures.map(\.identity), picturesPerPerson: options.enrolled, strangers: options.strangers,
            includesSmall: options.includesSmall, seed: options.seed)
    }

    private func search(
        _ people: EmbeddedPeople, _ split: IdentificationSplit, dimension: Int
    ) async throws -> [PlacedSearch] {
        let templates = people.rows(split.gallery), probes = people.rows(split.probes)
        let gallery = try SearchedGallery(embeddings: templates.values, dimension: dimension, labels: templates.labels)
        let present = Set(gallery.people), enrolled = Set(split.enrolled)
        let found = try await gallery.search(probes: probes.values, subjects: probes.labels)
        // A person who should be enrolled but has no template can't be found: a failure to enroll is an error of the
        // system.
        let searches = found.map { search in
            enrolled.contains(search.subject) && !present.contains(search.subject)
                ? IdentificationSearch(failed: search.subject, isMated: true) : search
        }
        let placed = split.probes.filter { people.faces[$0] != nil }
        let failed = split.probes.filter { people.faces[$0] == nil }.map { place in
            let subject = people.labels[place]
            let search = IdentificationSearch(failed: subject, isMated: enrolled.contains(subject))
            return PlacedSearch(place: place, search: search)
        }
        return zip(placed, searches).map { PlacedSearch(place: $0, search: $1) } + failed
    }

    private func openSet(
        _ searches: [IdentificationSearch], _ split: IdentificationSplit
    ) throws -> (points: [OpenSetIdentification.Point], refused: [String]) {
        var points: [OpenSetIdentification.Point] = [], refused: [String] = []
        guard !split.strangers.isEmpty else { return (points, refused) }
        let open = try OpenSetIdentification(searches, enrolledPeople: split.enrolled.count)
        for rate in options.rates {
            do {
                points.append(
                    try open.point(
                        falsePositiveIdentificationRate: rate, rank: options.rank,
                        bootstrapRounds: options.bootstrapRounds, seed: options.seed))
            } catch {
                guard case .unsupportedIdentificationRate = error else { throw error }
                refused.append(error.description)
            }
        }
        return (points, refused)
    }
}

extension IdentificationEvaluation.Result {
    /// Creates the report, with the pictures of the searches with the worst errors.
    public func page(provenance: Provenance) async throws -> Report {
        let openSet =
            try split.strangers.isEmpty
            ? nil : OpenSetIdentification(found.searches.map(\.search), enrolledPeople: closedSet.enrolledPeople)
        var thumbnails = Thumbnails(recognizer, selection: reading.selection)
        let measurement = IdentificationMeasurement(
            model: MeasuredModel(card: recognizer.embedder.card, conditions: conditions.facts),
            closedSet: closedSet, openSet: openSet, points: self.openSet, refused: refused, rank: options.rank,
            counts: facts, falsePositives: try await found.falsePositives(in: reading.folder, from: &thumbnails),
            misses: try await found.misses(in: reading.folder, from: &thumbnails))
        return Report(identification: measurement, provenance: provenance)
    }

    private var facts: [Page.Fact] {
        let people = counted(split.enrolled.count, "person", "people")
        return [
            Page.Fact("Enrolled", "\(people) with \(counted(split.gallery.count, "picture"))"),
            Page.Fact("Not enrolled", counted(split.strangers.count, "person", "people")),
            Page.Fact(
                "Searches",
                "\(split.probes.count); \(counted(failedImages, "picture")) without a face or unreadable"),
            Page.Fact("Seed", "\(options.seed)"),
        ]
    }
}
