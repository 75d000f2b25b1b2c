import ArgumentParser
import Evaluation
import Foundation
import LikenessCommand
import Measurements

/// `likeness evaluate quality`
struct EvaluateQuality: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quality",
        abstract: "Measure how far the false non-match rate falls if the faces with the lowest quality are refused.",
        discussion: """
            All pairs of pictures of one person are compared, at one threshold. Then a share of the faces is refused, \
            those with the lowest quality first, and the false non-match rate of the rest is measured. The same is \
            done for the size of the face, its sharpness, the detector's confidence, and for 'conditions': all other \
            limits of the enrollment gate, made stricter together. 'Fall' is the share of the false non-match rate that \
            disappears; 'quality's lead' is the fall by quality minus that of the row. The intervals come from a \
            bootstrap that draws people. Pictures without a face are left out and counted. People with one picture \
            are in no pair, but their faces count among the refused ones.
            """)

    @OptionGroup var identities: IdentityOptions
    @OptionGroup var measuring: MeasuringOptions
    @OptionGroup var limit: ThresholdOptions

    @Option(help: "The source of the threshold for --fmr: the model's card, or all impostor pairs of the pictures.")
    var thresholdFrom = ThresholdSource.card

    @Flag(
        help: """
            Also measure an altered copy of each picture: small, resized, masked, dark or blurred, in turn.
            """)
    var altered = false

    @Option(
        name: .customLong("refuse"),
        help: ArgumentHelp(
            "A share of faces to refuse, from 0 to below 1; may be repeated. (default: 0.01, 0.02, 0.05, 0.1 and 0.2)",
            valueName: "share"))
    var shares: [Double] = []

    @Option(help: "The number of bootstrap rounds, for intervals; 0 for none.")
    var bootstrap = 1000

    @Option(help: "The random seed for the bootstrap.")
    var seed: UInt64 = 1

    mutating func validate() throws {
        guard (0...1_000_000).contains(bootstrap) else {
            throw ValidationError("--bootstrap must be from 0 (none) to 1000000")
        }
        for share in shares where !(0..<1).contains(share) {
            throw ValidationError("--refuse must be from 0 to below 1")
        }
        if limit.threshold != nil, thresholdFrom == .list {
            throw ValidationError("--threshold and --threshold-from list can't be used together")
        }
        if measuring.detection.noQuality { throw ValidationError("--no-quality leaves nothing to measure") }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.measure() }
    }

    private func measure() async throws {
        let writer = try SingleWriter(measuring.output, hasCSV: true, keeping: identities.inputs)
        let pictures = try identities.pictures(in: measuring.folder)
        let evaluation = QualityEvaluation(
            threshold: GroupThreshold(limit, from: thresholdFrom), isAltered: altered,
            shares: shares.isEmpty ? ErrorDiscardReport.usualShares : shares, bootstrapRounds: bootstrap, seed: seed)
        let result = try await evaluation.measure(
            pictures, reading: measuring.reading(), by: measuring.recognizer(count: pictures.count))
        let record = MeasuredReport(conditions: Conditions(result.conditions), report: QualityRecord(result: result))
        try writer.write(record, table: record.conditions.text + record.report.table, csv: record.report.rows)
        try result.conditions.notes.checkAllRead()
    }
}
