import ArgumentParser
import Evaluation
import Foundation
import LikenessCommand
import LikenessSupport
import Measurements
import Reports

/// `likeness evaluate identify`
struct EvaluateIdentify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identify",
        abstract: "Measure identification: rank-k rates (closed set), and FNIR at FPIR with strangers (open set).",
        discussion: """
            Some pictures of each person are enrolled, and the others, the probes, are searched for. Strangers are \
            people who are not enrolled: a share of the people (--strangers) and those with too few pictures \
            (--small). A search for a stranger should find nobody. FNIR is the share of searches for enrolled people \
            that do not find them; FPIR is the share of searches for strangers that find somebody. A probe without a \
            face finds nobody. A person is never found if all their enrolled pictures lack a face. Unreadable pictures \
            are left out and counted.
            """)

    @OptionGroup var identities: IdentityOptions
    @OptionGroup var measuring: MeasuringOptions
    @OptionGroup var reporting: ReportOptions

    @Option(help: "The number of pictures to enroll for each person.")
    var enrolled = 1

    @Option(help: "The share of people who are not enrolled, from 0 to below 1.")
    var strangers = 0.0

    @Flag(help: "Also use people with too few pictures to be enrolled and searched for as strangers.")
    var small = false

    @Option(
        name: .customLong("fpir"),
        help: "A false positive identification rate at which the FNIR is reported; may be repeated.")
    var rates: [Double] = OpenSetIdentification.usualRates

    @Option(help: "The number of candidates that a search returns, for the FNIR.")
    var rank = 1

    @Option(help: "The highest rank to report for the closed set.")
    var ranks = 20

    @Option(help: "The number of bootstrap rounds over people, for confidence intervals; 0 for none.")
    var bootstrap = 0

    @Option(help: "The random seed for dividing people and pictures.")
    var seed: UInt64 = 1

    mutating func validate() throws {
        if enrolled < 1 || rank < 1 || ranks < 1 {
            throw ValidationError("--enrolled, --rank and --ranks must be 1 or more")
        }
        if !(0..<1).contains(strangers) { throw ValidationError("--strangers must be 0 or more, and below 1") }
        for rate in rates where !(rate > 0 && rate < 1) { throw ValidationError("--fpir must be between 0 and 1") }
        guard (0...1_000_000).contains(bootstrap) else {
            throw ValidationError("--bootstrap must be from 0 to 1000000")
        }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.measure() }
    }

    private func measure() async throws {
        let writer = try SingleWriter(measuring.output, hasCSV: true, keeping: identities.inputs)
        let folder = try reporting.folder(keeping: identities.inputs)
        let pictures = try identities.pictures(in: measuring.folder)
        let evaluation = IdentificationEvaluation(options)
        try evaluation.check(pictures)
        let result = try await evaluation.measure(
            pictures, reading: measuring.reading(), by: measuring.recognizer(count: pictures.count))
        let record = MeasuredReport(
            conditions: Conditions(result.conditions), report: SearchesRecord(result, seed: seed))
        if let folder {
            let page = try await result.page(
                provenance: ReportOptions.provenance([identities.fact(in: measuring.images)]))
            try folder.write(page, record: SingleWriter.json(record))
        }
        try writer.write(record, table: record.conditions.text + record.report.table, csv: record.report.rows)
        try result.conditions.notes.checkAllRead()
    }

    private var options: IdentificationEvaluation.Options {
        var options = IdentificationEvaluation.Options()
        (options.enrolled, options.strangers, options.includesSmall) = (enrolled, strangers, small)
        (options.rates, options.rank, options.ranks) = (rates, rank, ranks)
        (options.bootstrapRounds, options.seed) = (bootstrap, seed)
        return options
    }
}

extension SearchesRecord {
    init(_ result: IdentificationEvaluation.Result, seed: UInt64) {
        let split = result.split
        self.init(
            enrolledPeople: split.enrolled.count, strangers: split.strangers.count,
            galleryImages: split.gallery.count, probeImages: split.probes.count, failedImages: result.failedImages,
            seed: seed, closedSet: result.closedSet, openSet: result.openSet, refused: result.refused)
    }
}

/// The result of identification, for programs and people.
struct SearchesRecord {
    var enrolledPeople: Int
    var strangers: Int
    var galleryImages: Int
    var probeImages: Int
    /// The number of enrolled pictures and probes without a face or unreadable.
    var failedImages: Int
    var seed: UInt64
    /// The searches for enrolled people.
    var closedSet: ClosedSetIdentification
    var openSet: [OpenSetIdentification.Point]
    /// The rates that the searches can't support, with the reasons.
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
            text += "FNIR at FPIR \(significant(point.statedRate ?? 0)), rank \(point.rank): "
            text += "\(Self.percent(point.falseNegativeIdentificationRate)), "
            text += "threshold \(decimal(point.threshold, 4)), observed FPIR "
            text += "\(Self.percent(point.falsePositiveIdentificationRate))\n"
        }
        return text + refused.map { "not supported: \($0)\n" }.joined()
    }

    /// The cumulative match characteristic, one row for each rank.
    var rows: [[String]] {
        [["rank", "rate", "low", "high"]]
            + closedSet.cumulativeMatches.enumerated().map { ["\($0 + 1)", "\($1.value)", "\($1.low)", "\($1.high)"] }
    }

    private static func percent(_ rate: ObservedRate) -> String {
        "\(decimal(100 * rate.value, 2)) % (95 %: \(decimal(100 * rate.low, 2)) to \(decimal(100 * rate.high, 2)); "
            + "\(rate.count) of \(rate.total))"
    }
}
