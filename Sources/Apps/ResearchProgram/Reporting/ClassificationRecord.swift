import Evaluation
import Foundation
import LikenessCommand
import LikenessSupport
import Measurements

/// The result of closed-set identification by a classifier, for programs and people.
struct ClassificationRecord {
    /// The result of one method over all runs.
    struct Method {
        var method: ClosedSetClassification.Method
        var measures: [ClosedSetClassification.Measure]
        /// The pairs of people that were confused, the most frequent first.
        var confusions: [ClosedSetClassification.Confusion]
    }

    /// The accuracy of one method in one run.
    struct Rates {
        var accuracy: ObservedRate
        /// The rate of true identities among the five best candidates; `nil` for fewer than five people.
        var top5: ObservedRate?

        init(_ report: ClassifierReport) {
            (accuracy, top5) = (report.accuracy, report.identification.rate(rank: 5))
        }
    }

    /// The result of one random division.
    struct Run {
        var seed: UInt64
        var tested: Int
        /// The chosen regularization of each fold.
        var ridges: [Double]
        var softmax: Rates
        var nearestMean: Rates
        /// The test between the nearest mean (first) and the classifier (second).
        var mcNemar: McNemarTest
    }

    var people: Int
    var pictures: Int
    /// The number of pictures of people with only one picture.
    var leftOutImages: Int
    /// The number of unaltered pictures without a face or unreadable.
    var failedImages: Int
    /// The folder of altered copies that are tested; `nil` if unaltered pictures are tested.
    var testImages: String?
    /// The number of tested copies without a face.
    var failedTestImages: Int?
    var trainingShare: Double?
    var folds: Int?
    var seeds: UInt64
    /// The candidates for the regularization.
    var ridges: [Double]
    var methods: [Method]
    /// The difference between the nearest mean (first) and the classifier (second).
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

    /// The division into training and test pictures, in words.
    private var division: String {
        (folds.map { ClosedSetClassification.Division.folds($0) } ?? .share(trainingShare ?? 0)).words
    }

    var table: String {
        var text = """
            \(counted(pictures, "picture")) of \(counted(people, "person", "people")); left out \(failedImages) \
            without a face or unreadable and \(leftOutImages) of people with one picture
            training pictures: \(division); \(counted(Int(clamping: seeds), "seed"))

            """
        if let testImages {
            text +=
                "test pictures: copies in \(testImages), \(failedTestImages ?? 0) without a face (counted as errors)\n"
        }
        return text + measureTable.text + "\n" + runTable.text + "\n" + comparison + mostConfused
    }

    /// A table with a row for each measure, and columns for each method.
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
            """
            seed
            """, "tested", "softmax %", "nearest mean %", "only softmax is right", "only mean is right", "mid-p",
            "ridge",
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
        return "softmax minus nearest mean: \(points[0]) points (\(points[1]) to \(points[2]), bootstrap over people), "
            + "p \(decimal(difference.p, 4))\n"
    }

    private var mostConfused: String {
        let confusions = methods.first?.confusions.prefix(5) ?? []
        return confusions.map { "\($0.person) taken for \($0.takenFor): \($0.count) of \($0.tested) pictures\n" }
            .joined()
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
