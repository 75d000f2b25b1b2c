import ArgumentParser
import Datasets
import Evaluation
import Faces
import Foundation
import Recognition
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
        let groupings = labels.map { Grouping(label: $0) }
        let columns = groupings.flatMap(\.columns).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let all = try LabelledList(contentsOf: URL(filePath: list), columns: columns)
        let recognizer = try await measuring.recognizer(count: all.pictures.count)
        let card = recognizer.embedder.card, dimension = recognizer.embedder.dimension
        // Whether the card supports the rate is known before the work.
        let known = thresholdFrom == .card ? try limit.resolve(card) : nil
        let embedded = try await measuring.entries(
            of: all.pictures.map(\.file), at: all.pictures.map { LabelledList.url(of: $0, in: measuring.folder) },
            by: recognizer)
        let unreadable = Set(embedded.notes.unreadable.map(\.image))
        let list = all.filtered { !unreadable.contains($0.file) }
        let faces = embedded.readable.map { $0.face?.embedding.values }
        let comparisons = try GroupComparisons(
            embeddings: faces, dimension: dimension, people: list.pictures.map(\.identity))
        let rate = limit.fmr ?? ThresholdOptions.defaultRate
        let threshold: Float =
            if let known { known } else { try await comparisons.threshold(falseMatchRate: rate) }
        var measured: [GroupsRecord.Label] = []
        for grouping in groupings {
            let errors = try await comparisons.errors(
                groups: grouping.groups(of: list), threshold: threshold, bootstrapRounds: bootstrap, seed: seed)
            measured.append(GroupsRecord.Label(label: grouping.label, errors: errors))
        }
        let record = MeasuredReport(
            conditions: Conditions(recognizer, measuring, embedded.notes),
            report: GroupsRecord(
                threshold: threshold, statedFMR: limit.threshold == nil ? rate : nil,
                thresholdFrom: limit.threshold == nil ? thresholdFrom.rawValue : "given",
                pictures: list.pictures.count, people: Set(list.pictures.compactMap(\.identity)).count,
                failures: Self.failures(list, faces) + embedded.notes.unreadable, labels: measured))
        if let folder {
            let page = Report(groups: measurement(record, card), provenance: ReportOptions.provenance(facts))
            try folder.write(page, record: SingleWriter.json(record))
        }
        try writer.write(record, table: record.conditions.text + record.report.table, csv: record.report.rows)
        try embedded.notes.checkAllRead()
    }

    private static func failures(
        _ list: LabelledList, _ faces: [[Float]?]
    ) -> [PairsReport.FailedImage] {
        zip(list.pictures, faces).compactMap { picture, face in
            face == nil ? PairsReport.FailedImage(image: picture.file, reason: "\(RecognitionError.noFace)") : nil
        }
    }

    private func measurement(_ record: MeasuredReport<GroupsRecord>, _ card: ModelCard) -> GroupMeasurement {
        let report = record.report
        return GroupMeasurement(
            model: MeasuredModel(card: card, conditions: record.conditions.facts),
            labels: report.labels.map { GroupMeasurement.Label(name: $0.label, errors: $0.errors) },
            threshold: report.threshold, thresholdSource: report.source, failures: report.failures)
    }

    private var facts: [Page.Fact] { [Page.Fact("Pictures", "\(list), in \(measuring.images)")] }
}

/// By what groups are made: a column of labels, or several crossed.
private struct Grouping {
    /// As it was asked for: `gender+age`.
    let label: String

    var columns: [String] { label.split(separator: "+").map(String.init) }

    /// The group of each picture; `nil` where it lacks a label.
    func groups(of list: LabelledList) -> [String?] {
        let places = columns.compactMap { list.columns.firstIndex(of: $0) }
        return list.pictures.map { picture in
            let labels = places.compactMap { picture.labels[$0] }
            return labels.count == places.count ? labels.joined(separator: " + ") : nil
        }
    }
}
