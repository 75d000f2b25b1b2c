import ArgumentParser
import Datasets
import Foundation
import LikenessCommand
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
            The list is a CSV with file, columns of labels and, if people have several pictures, identity. If identity \
            is empty or missing, each picture is taken as a different person, and only false match rates are reported. \
            Every picture is compared with every other; a group's false match rate is measured between its own people. \
            A picture without a face never matches; an unreadable picture is left out and counted. The intervals of \
            ratios come from a bootstrap over people, all groups together: a pair of people counts as often as the \
            product of the times that each was drawn.
            """)

    @Option(
        help: ArgumentHelp(
            "The list of pictures: CSV with file, labels and, if known, identity.", valueName: "file"))
    var list: String

    @Option(
        name: .customLong("label"),
        help: ArgumentHelp(
            "A column by which errors are grouped, or a combination: gender+age. May be repeated.",
            valueName: "column"))
    var labels: [String]

    @OptionGroup var measuring: MeasuringOptions
    @OptionGroup var reporting: ReportOptions
    @OptionGroup var limit: ThresholdOptions

    @Option(help: "The source of the threshold at --fmr: the model's card, or all impostor pairs of the list.")
    var thresholdFrom = ThresholdSource.card

    @Option(
        help:
            "Bootstrap rounds over people, for intervals of the rates and their ratios; 0 for none."
    )
    var bootstrap = 1000

    @Option(help: "The random seed of the bootstrap.")
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
