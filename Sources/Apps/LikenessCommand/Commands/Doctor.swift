package import ArgumentParser
import Likeness
import LikenessRecords
package import Recognition

/// `likeness doctor`
package struct Doctor: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        abstract: "Check the installation: the inference engine, the models and their weights.",
        discussion: "If a check fails, its line says what to do, and the exit status is 69.")

    @OptionGroup package var output: OutputOptions

    package init() {}

    package func run() async throws {
        // If `likeness-research` is installed, `likeness doctor` runs that program's command instead of this one.
        let research = Diagnosis.Check(
            name: Handover.program, passed: true,
            detail: "not built; only evaluation and training need it: run 'swift build -c release'")
        try await Diagnosis { _ in [research] }.print(output)
    }
}

extension Diagnosis {
    /// Prints the checks.
    ///
    /// - Throws: ``Failure``; `ExitCode` if a check failed.
    package func print(_ output: OutputOptions) throws {
        var table = TextTable(columns: ["", "check", "result"])
        for check in checks { table.append([check.passed ? "ok" : "BAD", check.name, check.detail]) }
        let rows = [["passed", "name", "detail"]] + checks.map { ["\($0.passed)", $0.name, $0.detail] }
        try SingleWriter(output, hasCSV: true).write(DoctorRecord(self), table: table.text, csv: rows)
        if !passed { throw ExitStatus.unavailable.code }
    }
}
