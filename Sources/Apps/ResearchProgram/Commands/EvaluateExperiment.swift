import ArgumentParser
import Foundation
import LikenessCommand
import LikenessRecords
import PublishedResults
import Recognition

/// `likeness evaluate experiment NAME`
struct EvaluateExperiment: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "experiment",
        abstract: "Repeat an experiment of this project, and compare the figures with the published ones.",
        discussion: """
            An experiment is a folder with a file experiment.json, which lists the required files, the commands to run \
            and the figures to publish. Finished steps are kept: run the command again to resume an interrupted \
            experiment. The exit status is 0 if every figure is in the interval of the published one, otherwise 1.
            """)

    @Argument(help: "The names of the experiments; --list shows all.") var names: [String] = []

    @Option(help: ArgumentHelp("The folder of the experiments.", valueName: "folder"))
    var experiments = "Experiments"

    @Option(help: ArgumentHelp("The folder for results and altered pictures.", valueName: "folder"))
    var work = ".output/experiments"

    @Option(help: ArgumentHelp("A document whose tables are updated; may be repeated.", valueName: "file"))
    var document = ["README.md"]

    @Flag(help: "List the experiments; run nothing.") var list = false

    @Flag(help: "Run all steps again, even the finished ones.") var again = false

    @Flag(help: "Write the new figures to results.json and to the tables of the documents.") var publish = false

    @Flag(help: "Write the published figures to the tables of the documents; run nothing.") var tables = false

    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
        if list, !names.isEmpty || again || publish || tables {
            throw ValidationError("--list can't be used together with names or other actions")
        }
        if tables, again || publish {
            throw ValidationError("--tables can't be used together with --again or --publish")
        }
        if !list, !tables, names.isEmpty { throw ValidationError("name an experiment; --list shows all") }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.perform() }
    }

    private var folder: ExperimentFolder {
        ExperimentFolder(
            URL(filePath: experiments, directoryHint: .isDirectory), documents: document.map { URL(filePath: $0) })
    }

    private func perform() async throws {
        let writer = try SingleWriter(output)
        guard FileManager.default.fileExists(atPath: experiments) else { throw Failure.noFolder(experiments) }
        if list {
            let entries = try folder.names().map { name in
                ExperimentListRecord.Entry(name: name, title: try folder.experiment(name).title)
            }
            return try writer.write(ExperimentListRecord(experiments: entries), table: Self.table(entries))
        }
        if tables {
            for name in names.isEmpty ? folder.names() : names { try folder.writeTable(of: name) }
            return
        }
        var records: [ExperimentRecord] = []
        for name in names { records.append(try await measure(name)) }
        try writer.write(
            ExperimentsEvaluationRecord(experiments: records.map { ExperimentEvaluationRecord($0) }),
            table: records.map(\.table).joined(separator: "\n"))
        throw (records.allSatisfy(\.agrees) ? ExitStatus.done : .negative).code
    }

    private func measure(_ name: String) async throws -> ExperimentRecord {
        let count = try folder.experiment(name).steps.count
        guard let program = Bundle.main.executableURL else {
            throw Failure.badOption("the program's own file was not found")
        }
        // A result depends on its command, the program and the installed files.
        let setUp = try Installation.locate().root.appending(path: "setup.json")
        let outcome = try await folder.measure(
            name, work: URL(filePath: work, directoryHint: .isDirectory).appending(path: name),
            stamp: ExperimentFolder.stamp(of: [program, setUp]), again: again,
            publishingAs: publish ? .init(version: Version.current, machine: Machine.processor) : nil
        ) { event in
            switch event {
            case .begins(let step, let number, let arguments):
                Terminal.note("\(name) \(number)/\(count) \(step.name): likeness \(arguments.joined(separator: " "))")
            case .isThere(let step, let number): Terminal.note("\(name) \(number)/\(count) \(step.name): already done")
            }
        } command: { arguments in
            try await ChildProcess.run(program, arguments)
        }
        return ExperimentRecord(
            name: name, table: outcome.table, figures: outcome.figures, published: outcome.published)
    }
}

extension EvaluateExperiment {
    /// Returns the table of all experiments.
    private static func table(_ entries: [ExperimentListRecord.Entry]) -> String {
        var table = TextTable(columns: ["experiment", "title"])
        for entry in entries { table.append([entry.name, entry.title]) }
        return table.text
    }
}
