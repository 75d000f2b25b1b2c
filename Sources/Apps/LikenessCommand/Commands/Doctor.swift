package import ArgumentParser
import Likeness
import LikenessRecords
package import Recognition

/// `likeness doctor`
package struct Doctor: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        abstract: "Check the engine, the models and their weights, and say what to do if something is missing.",
        discussion: "The exit status is 69 if a check fails.")

    @OptionGroup package var output: OutputOptions

    package init() {}

    package func run() async throws {
        // With `likeness-research` beside it, `likeness doctor` is that program's command.
        let research = Diagnosis.Check(
            name: Handover.program, passed: true,
            detail: "not built; only measuring and training need it: run 'swift build -c release'")
        try await Diagnosis { _ in [research] }.print(output)
    }
}

extension Diagnosis {
    /// Prints the checks.
    ///
    /// - Throws: ``Failure``; `ExitCode` if a check failed.
    package func print(_ output: OutputOptions) throws {
        var table = TextTable(columns: ["", "what", "seen"])
        for check in checks { table.append([check.passed ? "ok" : "BAD", check.name, check.detail]) }
        let rows = [["passed", "name", "detail"]] + checks.map { ["\($0.passed)", $0.name, $0.detail] }
        try SingleWriter(output, hasCSV: true).write(DoctorRecord(self), table: table.text, csv: rows)
        if !passed { throw ExitStatus.unavailable.code }
    }
}
