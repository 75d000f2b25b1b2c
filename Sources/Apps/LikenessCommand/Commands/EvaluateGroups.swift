import ArgumentParser
import Datasets
import Foundation
import Measurements
import Reports

/// Where the threshold of groups comes from.
enum ThresholdSource: String, CaseIterable, ExpressibleByArgument {
    case card, list
}

/// `likeness evaluate groups`
struct EvaluateGroups: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "groups",
        abstract: "Fairness: FMR and FNMR by age, gender or any label, at one threshold for all.",
        discussion: """
            The list is CSV with file, the columns of labels and, if people are in several pictures, identity; where it is \
            empty or absent each picture is of somebody else, and there is a false match rate alone. Every picture is \
            compared with every other; a group's false match rate is that of its people with each other. A picture \
            without a face never matches; one that can't be read is left out, and counted. Intervals of ratios come from drawing the list's people with replacement, all \
            groups together: a pair of two people counts as often as the one was drawn times the other.
            """)

    @Option(
        help: ArgumentHelp(
            "The list of pictures: CSV with file, labels and, where it is known, identity.", valueName: "file"))
    var list: String

    @Option(
        name: .customLong("label"),
        help: ArgumentHelp(
            "A column of the list by which errors are counted, or several crossed: gender+age. May be repeated.",
            valueName: "column"))
    var labels: [String]

    @OptionGroup var measuring: MeasuringOptions
    @OptionGroup var reporting: ReportOptions
    @OptionGroup var limit: ThresholdOptions

    @Option(help: "Where the threshold at --fmr is from: the model's card, or all pairs of two people of the list.")
    var thresholdFrom = ThresholdSource.card

    @Option(
        help:
            "Draw people so often for intervals of the rates and their ratios that know that a person is in many pairs."
    )
    var bootstrap = 1000

    @Option(help: "Another seed draws other people.")
    var seed: UInt64 = 1

    mutating func validate() throws {
        guard (0...1_000_000).contains(bootstrap) else {
            throw ValidationError("--bootstrap is 0, which leaves them out, to 1000000")
        }
        if labels.isEmpty { throw ValidationError("name a column of labels: --label COLUMN") }
        for label in labels where label.split(separator: "+", omittingEmptySubsequences: false).contains("") {
            throw ValidationError("--label '\(label)' lacks the name of a column")
        }
        guard Set(labels).count == labels.count else { throw ValidationError("--label names a column once") }
        if limit.threshold != nil, thresholdFrom == .list {
            throw ValidationError("--threshold and --threshold-from list exclude each other")
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
        let evaluation = GroupsEvaluation(labels, threshold: threshold, bootstrapRounds: bootstrap, seed: seed)
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

    private var threshold: GroupThreshold {
        if let threshold = limit.threshold { return .given(threshold) }
        let rate = limit.fmr ?? ThresholdOptions.defaultRate
        return thresholdFrom == .card ? .card(falseMatchRate: rate) : .list(falseMatchRate: rate)
    }

    private var facts: [Page.Fact] { [Page.Fact("Pictures", "\(list), in \(measuring.images)")] }
}

extension GroupsRecord {
    init(_ result: GroupsEvaluation.Result) {
        self.init(
            threshold: result.threshold, statedFMR: result.source.rate, thresholdFrom: result.source.name,
            pictures: result.pictures, people: result.people, failures: result.failures,
            labels: result.labels.map { Label(label: $0.label, errors: $0.errors) })
    }
}
