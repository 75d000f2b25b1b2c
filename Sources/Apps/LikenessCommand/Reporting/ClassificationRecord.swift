import Evaluation
import Foundation
import LikenessSupport
import Measurements

/// Closed-set identification by a classifier, for programs and people.
struct ClassificationRecord {
    /// What one method does over all runs.
    struct Method {
        var method: ClosedSetClassification.Method
        var measures: [ClosedSetClassification.Measure]
        /// Who was taken for whom, the most often first.
        var confusions: [ClosedSetClassification.Confusion]
    }

    /// One method in one run.
    struct Rates {
        var accuracy: ObservedRate
        /// Absent where there are fewer than five people.
        var top5: ObservedRate?

        init(_ report: ClassifierReport) {
            (accuracy, top5) = (report.accuracy, report.identification.rate(rank: 5))
        }
    }

    /// One division.
    struct Run {
        var seed: UInt64
        var tested: Int
        /// One for each fold.
        var ridges: [Double]
        var softmax: Rates
        var nearestMean: Rates
        /// First the nearest mean, second the classifier.
        var mcNemar: McNemarTest
    }

    var people: Int
    var pictures: Int
    /// Pictures of people without a second one.
    var leftOutImages: Int
    /// Pictures without a face as they are.
    var failedImages: Int
    /// The folder of what is tested; absent where pictures are tested as they are.
    var testImages: String?
    /// Copies that are tested and have no face.
    var failedTestImages: Int?
    var trainingShare: Double?
    var folds: Int?
    var seeds: UInt64
    /// What was chosen from.
    var ridges: [Double]
    var methods: [Method]
    /// First the nearest mean, second the classifier.
    var difference: PairedComparison.Difference
    var runs: [Run]

    init(
        _ result: ClosedSetClassification, failedImages: Int, failedTests: Int?, testImages: String?, seeds: UInt64,
        ridges: [Double]
    ) throws {
        people = result.people.count
        pictures = result.pictures
        leftOutImages = result.leftOut
        self.failedImages = failedImages
        self.testImages = testImages
        failedTestImages = failedTests
        switch result.division {
        case .share(let share): trainingShare = share
        case .folds(let count): folds = count
        }
        self.seeds = seeds
        self.ridges = ridges
        methods = try ClosedSetClassification.Method.allCases.map {
            Method(method: $0, measures: try result.measures(of: $0), confusions: result.confusions(by: $0))
        }
        difference = result.difference
        runs = result.runs.map { run in
            Run(
                seed: run.seed, tested: run.decisions.count, ridges: run.ridges, softmax: Rates(run.classifier),
                nearestMean: Rates(run.template), mcNemar: run.mcNemar)
        }
    }

    /// What is learned from, in words.
    private var division: String {
        (folds.map { ClosedSetClassification.Division.folds($0) } ?? .share(trainingShare ?? 0)).words
    }

    var table: String {
        var text = """
            \(counted(pictures, "picture")) of \(counted(people, "person", "people")); left out \(failedImages) without a face \
            or unreadable and \(leftOutImages) of people with one picture
            learned from: \(division); \(counted(Int(clamping: seeds), "seed"))

            """
        if let testImages {
            text +=
                "tested: copies in \(testImages), \(failedTestImages ?? 0) without a face, which nobody recognizes\n"
        }
        return text + measureTable.text + "\n" + runTable.text + "\n" + comparison + mostConfused
    }

    /// A row for each measure, the methods beside each other.
    private var measureTable: TextTable {
        let columns = methods.flatMap { ["\($0.method.rawValue) %", "sd", "worst", "median", "best"] }
        var table = TextTable(columns: ["measure"] + columns)
        for measure in methods.first?.measures ?? [] {
            let cells = methods.flatMap { entry in
                guard let summary = entry.measures.first(where: { $0.name == measure.name })?.summary else {
                    return Array(repeating: "-", count: 5)
                }
                return [decimal(100 * summary.mean, 2), decimal(summary.standardDeviation.map { 100 * $0 }, 2)]
                    + [summary.worst, summary.median, summary.best].map { decimal(100 * $0, 2) }
            }
            table.append([measure.name] + cells)
        }
        return table
    }

    private var runTable: TextTable {
        var table = TextTable(columns: [
            "seed", "tested", "softmax %", "nearest mean %", "only softmax right", "only mean right", "mid-p", "ridge",
        ])
        for run in runs {
            table.append([
                "\(run.seed)", "\(run.tested)", run.softmax.accuracy.percentage, run.nearestMean.accuracy.percentage,
                "\(run.mcNemar.onlySecondRight)", "\(run.mcNemar.onlyFirstRight)",
                decimal(run.mcNemar.midP, 4),
                run.ridges.map { significant($0) }.joined(separator: ", "),
            ])
        }
        return table
    }

    private var comparison: String {
        let points = [difference.difference, difference.interval.low, difference.interval.high].map {
            signed(100 * $0, 2)
        }
        return "softmax less nearest mean: \(points[0]) points (\(points[1]) to \(points[2]), people drawn), "
            + "p \(decimal(difference.p, 4))\n"
    }

    private var mostConfused: String {
        let confusions = methods.first?.confusions.prefix(5) ?? []
        return confusions.map { "\($0.person) taken for \($0.takenFor): \($0.count) of \($0.tested)\n" }.joined()
    }

    /// A heading and a row for each method of each run.
    var rows: [[String]] {
        [["method", "seed", "tested", "accuracy", "low", "high", "top5"]]
            + runs.flatMap { run in
                [("softmax", run.softmax), ("nearest-mean", run.nearestMean)].map { name, rates in
                    let accuracy = rates.accuracy
                    return [name, "\(run.seed)", "\(run.tested)"]
                        + [accuracy.value, accuracy.low, accuracy.high].map { "\($0)" }
                        + [rates.top5.map { "\($0.value)" } ?? ""]
                }
            }
    }
}
