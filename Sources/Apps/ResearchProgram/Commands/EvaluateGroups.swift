import ArgumentParser
import Datasets
import Foundation
import LikenessCommand
import Measurements
import Reports

/// The source of the threshold.
enum ThresholdSource: String, CaseIterable, ExpressibleByArgument {
    case card, list
}

/// `likeness evaluate groups`
struct EvaluateGroups: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "groups",
        abstract: "Measure fairness: error rates by age, gender or any other label, at a common threshold.",
        discussion: """
            Every picture is compared with every other. A group's false match rate is measured between the people of \
            that group. If the column identity is missing or empty, each picture counts as a different person, and \
            only false match rates are reported. A picture without a face never matches. Unreadable pictures are left \
            out and counted. The intervals come from a bootstrap that draws people from all groups together; a pair \
            of people is weighted by the product of the numbers of times that the two were drawn.
            """)

    @Option(
        help: ArgumentHelp(
            """
            The list of pictures: CSV with the columns file, identity (if known) and one for each label.
            """, valueName: "file"))
    var list: String

    @Option(
        name: .customLong("label"),
        help: ArgumentHelp(
            "A label by which pictures are grouped, or a combination such as gender+age; may be repeated.",
            valueName: "column"))
    var labels: [String]

    @OptionGroup var measuring: MeasuringOptions
    @OptionGroup var reporting: ReportOptions
    @OptionGroup var limit: ThresholdOptions

    @Option(help: "The source of the threshold for --fmr: the model's card, or all impostor pairs of the list.")
    var thresholdFrom = ThresholdSource.card

    @Option(
        help:
            "The number of bootstrap rounds, for intervals of the rates and their ratios; 0 for none."
    )
    var bootstrap = 1000

    @Option(help: "The random seed for the bootstrap.")
    var seed: UInt64 = 1

    mutating func validate() throws {
        guard (0...1_000_000).contains(bootstrap) else {
            throw ValidationError("--bootstrap must be from 0 (none) to 1000000")
        }
        if labels.isEmpty { throw ValidationError("name a column with --label") }
        for label in labels where label.split(separator: "+", omittingEmptySubsequences: false).contains("") {
            throw ValidationError("--label '\(label)' lacks the name of a column")
        }
        guard Set(labels).count == labels.count else { throw ValidationError("--label names a column twice") }
        if limit.threshold != nil, thresholdFrom == .list {
            throw ValidationError("--threshold and --threshold-from list can't be used together")
        }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.measure() }
    }

    private func measure() async throws {
        let inputs = InputFiles([self.list])
        let writer = try SingleWriter(measuring.output, hasCSV: true, keeping: inputs)
        let folder = try reporting.folder(keeping: inputs)
        let evaluation = GroupsEvaluation(
            labels, threshold: GroupThreshold(limit, from: thresholdFrom), bootstrapRounds: bootstrap, seed: seed)
        let all = try LabelledList(contentsOf: URL(filePath: list), columns: evaluation.columns)
        let result = try await evaluation.measure(
            all, reading: measuring.reading(), by: measuring.recognizer(count: all.pictures.count))
        let record = MeasuredReport(conditions: Conditions(result.conditions), report: GroupsRecord(result))
        if let folder {
            try folder.write(
                result.page(provenance: ReportOptions.provenance(facts)), record: SingleWriter.json(record))
        }
        try writer.write(record, table: record.conditions.text + record.report.table, csv: record.report.rows)
        try result.conditions.notes.checkAllRead()
    }

    private var facts: [Page.Fact] { [Page.Fact("Pictures", "\(list), in \(measuring.images)")] }
}

extension GroupThreshold {
    /// Creates the threshold that the options name.
    init(_ options: ThresholdOptions, from source: ThresholdSource) {
        if let threshold = options.threshold {
            self = .given(threshold)
            return
        }
        let rate = options.fmr ?? ThresholdOptions.defaultRate
        self = source == .card ? .card(falseMatchRate: rate) : .list(falseMatchRate: rate)
    }
}

extension GroupsRecord {
    init(_ result: GroupsEvaluation.Result) {
        self.init(
            threshold: result.threshold, statedFMR: result.source.rate, thresholdFrom: result.source.name,
            pictures: result.pictures, people: result.people, failures: result.failures,
            labels: result.labels.map { Label(label: $0.label, errors: $0.errors) })
    }
}
