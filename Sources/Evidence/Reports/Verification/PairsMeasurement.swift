public import Evaluation
import Plots

/// The results of a model on a list of pairs.
public struct PairsMeasurement: Sendable {
    /// The model and its settings.
    public var model: MeasuredModel
    /// The report.
    public var report: PairsReport
    /// The comparisons from which the report is computed, in the order of the list.
    public var comparisons: [Comparison]
    /// The most similar pictures of two different people.
    public var falseMatches: [PicturePair]
    /// The least similar pictures of one person.
    public var falseNonMatches: [PicturePair]

    /// Creates a measurement from its parts.
    public init(
        model: MeasuredModel, report: PairsReport, comparisons: [Comparison], falseMatches: [PicturePair] = [],
        falseNonMatches: [PicturePair] = []
    ) {
        self.model = model
        self.report = report
        self.comparisons = comparisons
        self.falseMatches = falseMatches
        self.falseNonMatches = falseNonMatches
    }

    /// The number of bins of the drawn histogram, twice that of the record.
    private static let bins = 80
    /// The number of bootstrap rounds for the intervals on the page, if the measurement has none.
    private static let rounds = 1000

    /// The intervals from resampling people; `nil` if the pairs do not name people.
    var bootstrap: SubjectBootstrap? {
        report.bootstrap
            ?? (try? SubjectBootstrap(
                comparisons, rates: report.tar.map(\.falseMatchRate), rounds: Self.rounds, level: report.level))
    }

    /// Returns the errors at all thresholds.
    func curve() throws(EvaluationError) -> ErrorCurves.Curve {
        let curve = try OperatingCurve(comparisons)
        return ErrorCurves.Curve(
            name: model.name, tradeoff: try DetectionErrorTradeoff(curve, level: report.level),
            equalErrorRate: report.eer)
    }

    /// The histogram of the similarities.
    var histogram: SimilarityHistogram { SimilarityHistogram(comparisons, bins: Self.bins) }

    /// The plot of the histogram, with the thresholds.
    var histogramPlot: Plot {
        histogram.plot(
            "Similarities of \(model.name)",
            thresholds: report.tar.map { ($0.threshold, "FMR \(Words.rate($0.falseMatchRate))") })
    }

    /// The calibration of a sigmoid of the similarity, fitted on other people; `nil` if the pairs do not name people,
    /// or there are too few pairs.
    var calibration: CalibrationComparison.Result? {
        let pairs = comparisons.map { ConditionedComparison($0, conditions: nil) }
        return try? CalibrationComparison(pairs, methods: [.platt], bins: 10).conditions.first?.results.first
    }
}
