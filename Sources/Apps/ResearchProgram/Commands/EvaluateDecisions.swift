import ArgumentParser
import Datasets
import Evaluation
import Foundation
import LikenessCommand
import LikenessSupport
import Measurements

/// `likeness evaluate decisions`
struct EvaluateDecisions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decisions",
        abstract:
            "Test the thresholds and probabilities of a model's card on other people.",
        discussion: """
            The observed false match rates are compared with the stated ones. All photographs are compared with each \
            other. Then some of them are altered (1/8, 1/4, 1/2 and 2 times the size, dark, blurred, masked) and \
            compared with the unaltered photographs and with each other. For a fair comparison, false non-matches are \
            also counted with a single threshold that gives as many false matches as the thresholds by condition. \
            'likeness calibrate' writes the card; test it here on people that were not used for the calibration.
            """)

    @OptionGroup var identities: IdentityOptions
    @OptionGroup var measuring: MeasuringOptions

    @Option(name: .customLong("fmr"), help: "A false match rate of the card to test; may be repeated.")
    var rates: [Double] = [1e-2, 1e-3]

    @Option(
        help: """
            The maximum number of people whose photographs are altered, up to two photographs each.
            """) var altered = 800

    @Option(
        help: ArgumentHelp(
            """
            Pictures of children, to measure their false matches: CSV with the columns file,identity; one picture \
            per child.
            """,
            valueName: "file"))
    var children: String?

    @Option(help: "The random seed for choosing the photographs to alter.") var seed: UInt64 = 1

    mutating func validate() throws {
        for rate in rates where !(rate > 0 && rate < 1) { throw ValidationError("--fmr must be between 0 and 1") }
        guard (2...10_000_000).contains(altered) else { throw ValidationError("--altered must be from 2 to 10000000") }
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
    /// A row for each alteration and each rate.
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
