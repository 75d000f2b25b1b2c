import ArgumentParser
import Foundation
import LikenessCommand
import LikenessRecords
import LikenessSupport
import Pixels
import Plots
import Training
import Tuning

/// `likeness evaluate runs`
struct EvaluateRuns: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "Compare finished training runs: statistics over seeds or folds, and learning curves.",
        discussion: """
            For each measure, the result has the best, worst, mean and median value and the standard deviation over \
            the seeds of a run, Student's 95 % interval of the mean, and the difference to the first run, seed by \
            seed, with its interval and p-value (after Holm's correction for the number of runs). Lower is better for \
            FNMR, FMR, EER, frechet and pixels; higher is better for all other measures. If the seeds are folds, their \
            training sets overlap; then set --overlap to the ratio of test to training pictures, such as 0.25 for five \
            folds (Nadeau and Bengio, 2003).
            """)

    @Argument(
        help: ArgumentHelp(
            """
            Folders of runs of 'likeness train'. The first one is the reference.
            """, valueName: "run"))
    var runs: [String]

    @Option(
        help: ArgumentHelp(
            """
            A measure to compare; may be repeated. (default: all measures that the runs share)
            """, valueName: "name"))
    var measure: [String] = []

    @Option(help: "The ratio of test to training pictures of a fold; 0 if the seeds are not folds.")
    var overlap = 0.0

    @Option(
        help: ArgumentHelp(
            "Also plot the measures by epoch and the ROC curves, as SVG files.",
            valueName: "folder"))
    var curves: String?

    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
        if !(overlap >= 0 && overlap.isFinite) { throw ValidationError("--overlap must be 0 or more") }
    }

    func run() async throws {
        let files = runs.flatMap { FolderListing(SystemPath($0)).entries.map(\.path.text) }
        let writer = try SingleWriter(output, hasCSV: true, keeping: InputFiles(files))
        let finished = try runs.map { try FinishedRun(contentsOf: URL(filePath: $0, directoryHint: .isDirectory)) }
        let comparison = try RunComparison(finished, measures: measure, overlap: overlap)
        let record = RunsRecord(comparison)
        for name in comparison.order {
            guard let run = comparison.runs[name], run.shared < run.seeds.count else { continue }
            Terminal.note(
                "\(name) has other seeds than \(comparison.reference): only \(run.shared) of them are compared")
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
