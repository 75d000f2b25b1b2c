import ArgumentParser
import Foundation
import LikenessRecords
import Pixels
import Plots
import Training
import Tuning

/// `likeness evaluate runs`
struct EvaluateRuns: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "Compare training runs that have ended: statistics over seeds or folds, and curves by epochs.",
        discussion: """
            Of each measure: best, worst, mean, median and standard deviation over a run's seeds, Student's 95 % interval of \
            the mean, and the difference to the first run of the list, seed by seed, with its interval and p (after Holm's \
            correction for the number of runs). Of measures called FNMR, FMR, EER, frechet and pixels the smallest is the \
            best, of others the largest. Where the seeds are folds, their training sets overlap: --overlap 0.25 says that \
            five folds test one picture for four that they train on (Nadeau and Bengio, 2003).
            """)

    @Argument(help: ArgumentHelp("Folders that likeness train has written, the reference first.", valueName: "run"))
    var runs: [String]

    @Option(help: ArgumentHelp("A measure; may be repeated. (default: all that all runs have)", valueName: "name"))
    var measure: [String] = []

    @Option(help: "Pictures that a run tests for each that it trains on; 0 where seeds are no folds.")
    var overlap = 0.0

    @Option(
        help: ArgumentHelp(
            "Draw what was measured while the runs trained, by epochs, and their ROC curves: SVG files.",
            valueName: "folder"))
    var curves: String?

    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
        if !(overlap >= 0 && overlap.isFinite) { throw ValidationError("--overlap is 0 or more") }
    }

    func run() async throws {
        let files = runs.flatMap { FolderListing(SystemPath($0)).entries.map(\.path.text) }
        let writer = try SingleWriter(output, hasCSV: true, keeping: InputFiles(files))
        let finished = try runs.map { try FinishedRun(contentsOf: URL(filePath: $0, directoryHint: .isDirectory)) }
        let comparison = try RunComparison(finished, measures: measure, overlap: overlap)
        let record = RunsRecord(comparison)
        for name in comparison.order {
            guard let run = comparison.runs[name], run.shared < run.seeds.count else { continue }
            Terminal.note("\(name) has other seeds than \(comparison.reference): \(run.shared) of them are compared")
        }
        if let curves {
            let folder = try OutputFolder(curves)
            for (name, plot) in RunPlots.all(finished) {
                try folder.write(Data(plot.svg().utf8), named: "\(name).svg")
            }
        }
        try writer.write(RunsEvaluationRecord(record), table: record.table, csv: record.rows)
    }
}
