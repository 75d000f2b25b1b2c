import ArgumentParser
import Datasets
import Evaluation
import Foundation
import LikenessSupport
import Measurements

/// `likeness evaluate decisions`
struct EvaluateDecisions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decisions",
        abstract:
            "Test a model's card on other people: stated and observed false match rates, and probabilities.",
        discussion: """
            All photographs are compared with each other as they are. Then some of them are altered (1/8, 1/4, 1/2 and \
            2 times the size, dark, blurred, masked) and compared with the unaltered photographs and with each other. \
            For a fair comparison, missed comparisons are also counted with one threshold that gives as many false \
            matches as the thresholds by condition. Use other people than for the calibration. 'likeness calibrate' \
            makes the card that is tested here.
            """)

    @OptionGroup var identities: IdentityOptions
    @OptionGroup var measuring: MeasuringOptions

    @Option(name: .customLong("fmr"), help: "A stated false match rate; may be repeated.") var rates: [Double] = [
        1e-2, 1e-3,
    ]

    @Option(help: "The number of people whose photographs are altered, up to two each.") var altered = 800

    @Option(
        help: ArgumentHelp(
            "A CSV with file,identity of pictures of children, one picture for each child, to measure false matches.",
            valueName: "file"))
    var children: String?

    @Option(help: "The random seed: which people are altered.") var seed: UInt64 = 1

    mutating func validate() throws {
        for rate in rates where !(rate > 0 && rate < 1) { throw ValidationError("--fmr lies between 0 and 1") }
        guard (2...10_000_000).contains(altered) else { throw ValidationError("--altered is 2 to 10000000") }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.measure() }
    }

    private func measure() async throws {
        let writer = try SingleWriter(
            measuring.output, keeping: InputFiles([identities.people, children].compactMap(\.self)))
        let photographs = try identities.pictures(in: measuring.folder)
        let young = try children.map { try IdentityList(contentsOf: URL(filePath: $0)).pictures } ?? []
        let result = try await DecisionsEvaluation(falseMatchRates: rates, altered: altered, seed: seed).measure(
            photographs, children: young, reading: measuring.reading(),
            by: measuring.recognizer(count: photographs.count))
        let measured = MeasuredReport(conditions: Conditions(result.conditions), report: result.report)
        try writer.write(measured, table: measured.conditions.text + result.report.table)
        try result.conditions.notes.checkAllRead()
    }
}

extension PromisesReport {
    /// A row for each way of showing and each rate.
    var table: String {
        var table = TextTable(columns: [
            "pictures", "stated", "observed", "ratio", "one threshold", "FNMR", "FNMR, one, equal FMR", "difference",
            "ECE",
            "expected",
        ])
        for row in rows {
            for rate in row.rates {
                table.append([
                    row.name, significant(rate.statedRate), percent(rate.byCondition, 3),
                    decimal(rate.ratio, 2), decimal(rate.oneRatio, 2),
                    rate.missed.map { percent($0) } ?? "-",
                    rate.equalMissed.map { percent($0) } ?? "-",
                    rate.difference.map {
                        "\(signed(100 * $0.value, 2)) (\(signed(100 * $0.low, 2)) to \(signed(100 * $0.high, 2)))"
                    } ?? "-",
                    decimal(row.calibrationError, 4),
                    decimal(rate.expected, 0),
                ])
            }
        }
        return table.text
    }
}
