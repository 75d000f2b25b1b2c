import ArgumentParser
import FaceTraining
import LikenessRecords
import Recognition

/// `likeness doctor`
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the engine, the models and their weights, and say what to do if something is missing.",
        discussion: "The exit status is 69 if a check fails.")

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let diagnosis = await Diagnosis { installation in
            [.trainingEngine((try? Installation.locateTrainingEngine()) ?? installation.trainingEngine)]
        }
        var table = TextTable(columns: ["", "what", "seen"])
        for check in diagnosis.checks { table.append([check.passed ? "ok" : "BAD", check.name, check.detail]) }
        let rows = [["passed", "name", "detail"]] + diagnosis.checks.map { ["\($0.passed)", $0.name, $0.detail] }
        try SingleWriter(output, hasCSV: true).write(
            DoctorRecord(diagnosis), table: table.text, csv: rows)
        if !diagnosis.passed { throw ExitStatus.unavailable.code }
    }
}
