import ArgumentParser
import Datasets
import Evaluation
import Faces
import Foundation
import LikenessSupport
import Recognition
import Reports

/// `likeness evaluate identify`
struct EvaluateIdentify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identify",
        abstract: "Identification among people: rank-k rates (closed set), FNIR at FPIR with strangers (open set).",
        discussion: """
            Some pictures of each person are enrolled and the others search. With --strangers a share of the people is \
            not enrolled, and with --small neither are those with too few pictures: their searches should return nobody. \
            A probe without a face returns nobody; a person none of whose enrolled pictures has a face is never found. \
            Pictures that can't be read are left out, and counted.
            """)

    @OptionGroup var identities: IdentityOptions
    @OptionGroup var measuring: MeasuringOptions
    @OptionGroup var reporting: ReportOptions

    @Option(help: "Pictures of a person that are enrolled.")
    var enrolled = 1

    @Option(help: "The share of people who are kept out, 0 to 1.")
    var strangers = 0.0

    @Flag(help: "People with too few pictures to be enrolled and searched for are strangers too.")
    var small = false

    @Option(
        name: .customLong("fpir"),
        help: "A false positive identification rate at which to give the FNIR; may be repeated.")
    var rates: [Double] = OpenSetIdentification.usualRates

    @Option(help: "How many people a search may return, for the FNIR.")
    var rank = 1

    @Option(help: "How many ranks to report of the closed set.")
    var ranks = 20

    @Option(help: "Draw people so often for intervals; 0 leaves it out.")
    var bootstrap = 0

    @Option(help: "Another seed deals people and pictures otherwise.")
    var seed: UInt64 = 1

    mutating func validate() throws {
        if enrolled < 1 || rank < 1 || ranks < 1 {
            throw ValidationError("--enrolled, --rank and --ranks are 1 or more")
        }
        if !(0..<1).contains(strangers) { throw ValidationError("--strangers is 0 or more, and less than 1") }
        for rate in rates where !(rate > 0 && rate < 1) { throw ValidationError("--fpir lies between 0 and 1") }
        guard (0...1_000_000).contains(bootstrap) else { throw ValidationError("--bootstrap is 0 to 1000000") }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.measure() }
    }

    private func measure() async throws {
        let writer = try SingleWriter(measuring.output, hasCSV: true, keeping: identities.inputs)
        let folder = try reporting.folder(keeping: identities.inputs)
        let pictures = try identities.pictures(in: measuring.folder)
        // Whether the list suffices is known before the work.
        _ = try split(pictures)
        let recognizer = try await measuring.recognizer(count: pictures.count)
        guard let dimension = recognizer.embedder?.card.dimension else { return }
        let people = try await EmbeddedPeople(pictures, measuring: measuring, by: recognizer)
        let split = try split(people.pictures)
        let searches = try await search(people, split, dimension: dimension)
        let report = try report(searches.map(\.search), split, people)
        let record = MeasuredReport(
            conditions: Conditions(recognizer, measuring, people.notes), report: report)
        if let folder {
            let found = SearchPictures(searches: searches, people: people, gallery: split.gallery)
            let measurement = try await measurement(record, recognizer, found, hasStrangers: !split.strangers.isEmpty)
            let page = Report(
                identification: measurement,
                provenance: ReportOptions.provenance([identities.fact(in: measuring.images)]))
            try folder.write(page, record: SingleWriter.json(record))
        }
        try writer.write(record, table: record.conditions.text + report.table, csv: report.rows)
        try people.notes.checkAllRead()
    }

    private func split(_ pictures: [IdentityList.Picture]) throws -> IdentificationSplit {
        try IdentificationSplit(
            labels: pictures.map(\.identity), picturesPerPerson: enrolled, strangers: strangers, includesSmall: small,
            seed: seed)
    }

    /// What a page shows of the record, with the pictures of the worst searches.
    private func measurement(
        _ record: MeasuredReport<SearchesRecord>, _ recognizer: Recognizer, _ found: SearchPictures,
        hasStrangers: Bool
    ) async throws -> IdentificationMeasurement {
        guard let card = recognizer.embedder?.card else { preconditionFailure("searches need embeddings") }
        let report = record.report
        let openSet =
            try hasStrangers
            ? OpenSetIdentification(
                found.searches.map(\.search), enrolledPeople: report.closedSet.enrolledPeople) : nil
        var thumbnails = Thumbnails(recognizer, selection: measuring.face)
        return IdentificationMeasurement(
            model: MeasuredModel(card: card, conditions: record.conditions.facts), closedSet: report.closedSet,
            openSet: openSet, points: report.openSet, refused: report.refused, rank: rank, counts: report.facts,
            falsePositives: try await found.falsePositives(in: measuring.folder, from: &thumbnails),
            misses: try await found.misses(in: measuring.folder, from: &thumbnails))
    }

    private func search(
        _ people: EmbeddedPeople, _ split: IdentificationSplit, dimension: Int
    ) async throws -> [PlacedSearch] {
        let templates = people.rows(split.gallery), probes = people.rows(split.probes)
        let gallery = try SearchedGallery(embeddings: templates.values, dimension: dimension, labels: templates.labels)
        let present = Set(gallery.people), enrolled = Set(split.enrolled)
        let found = try await gallery.search(probes: probes.values, subjects: probes.labels)
        // Who should be enrolled and has no template can't be found: a failure to enroll is an error of the system.
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

    private func report(
        _ searches: [IdentificationSearch], _ split: IdentificationSplit, _ people: EmbeddedPeople
    ) throws -> SearchesRecord {
        let closed = try ClosedSetIdentification(
            searches.filter(\.isMated), enrolledPeople: split.enrolled.count, ranks: ranks,
            bootstrapRounds: bootstrap, seed: seed)
        var points: [OpenSetIdentification.Point] = [], refused: [String] = []
        if !split.strangers.isEmpty {
            let open = try OpenSetIdentification(searches, enrolledPeople: split.enrolled.count)
            for rate in rates {
                do {
                    points.append(
                        try open.point(
                            falsePositiveIdentificationRate: rate, rank: rank, bootstrapRounds: bootstrap, seed: seed))
                } catch {
                    guard case .unsupportedIdentificationRate = error else { throw error }
                    refused.append(error.description)
                }
            }
        }
        return SearchesRecord(
            enrolledPeople: split.enrolled.count, strangers: split.strangers.count, galleryImages: split.gallery.count,
            probeImages: split.probes.count, failedImages: people.failed, seed: seed, closedSet: closed,
            openSet: points, refused: refused)
    }
}

/// Identification, for programs and people.
struct SearchesRecord {
    var enrolledPeople: Int
    var strangers: Int
    var galleryImages: Int
    var probeImages: Int
    /// Pictures without a face, enrolled ones and probes, and those that can't be read.
    var failedImages: Int
    var seed: UInt64
    /// Searches for people who are enrolled.
    var closedSet: ClosedSetIdentification
    var openSet: [OpenSetIdentification.Point]
    /// Rates that the searches can't support, and why.
    var refused: [String]

    var table: String {
        var text = """
            \(counted(enrolledPeople, "person", "people")) enrolled with \(counted(galleryImages, "picture")), \
            \(counted(strangers, "stranger"))
            \(counted(probeImages, "search", "searches")), \(counted(failedImages, "picture")) without a \
            face or unreadable

            """
        for rank in [1, 5, 10, 20] {
            guard let rate = closedSet.rate(rank: rank) else { continue }
            text += "rank \(rank): \(Self.percent(rate))\n"
        }
        for point in openSet {
            text += "FNIR at FPIR \(String(format: "%g", point.statedRate ?? 0)), rank \(point.rank): "
            text += "\(Self.percent(point.falseNegativeIdentificationRate)), "
            text += "threshold \(String(format: "%.4f", point.threshold)), observed FPIR "
            text += "\(Self.percent(point.falsePositiveIdentificationRate))\n"
        }
        return text + refused.map { "refused: \($0)\n" }.joined()
    }

    /// The counts, for a page.
    var facts: [Page.Fact] {
        [
            Page.Fact(
                "Enrolled", "\(counted(enrolledPeople, "person", "people")) with \(counted(galleryImages, "picture"))"),
            Page.Fact("Not enrolled", counted(strangers, "person", "people")),
            Page.Fact("Searches", "\(probeImages); \(counted(failedImages, "picture")) without a face or unreadable"),
            Page.Fact("Seed", "\(seed)"),
        ]
    }

    /// The CMC.
    var rows: [[String]] {
        [["rank", "rate", "low", "high"]]
            + closedSet.cumulativeMatches.enumerated().map { ["\($0 + 1)", "\($1.value)", "\($1.low)", "\($1.high)"] }
    }

    private static func percent(_ rate: ObservedRate) -> String {
        String(
            format: "%.2f %% (95 %%: %.2f to %.2f; %ld of %ld)", 100 * rate.value, 100 * rate.low, 100 * rate.high,
            rate.count, rate.total)
    }
}
