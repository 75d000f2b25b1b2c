public import Evaluation
import Plots

/// What a model says of a list of pairs.
public struct PairsMeasurement: Sendable {
    /// The model and how it ran.
    public var model: MeasuredModel
    /// The figures.
    public var report: PairsReport
    /// What they are from, in the list's order.
    public var comparisons: [Comparison]
    /// The most alike pictures of two people.
    public var falseMatches: [PicturePair]
    /// The least alike pictures of one person.
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

    /// Bins of the histogram that is drawn: half as wide as those of the record.
    private static let bins = 80
    /// How often people are drawn for the page's intervals where the measurement has none.
    private static let rounds = 1000

    /// Intervals by drawing people; `nil` if the pairs do not say who is in them.
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

    /// How the similarities are spread.
    var histogram: SimilarityHistogram { SimilarityHistogram(comparisons, bins: Self.bins) }

    /// The same, and the thresholds among them.
    var histogramPlot: Plot {
        histogram.plot(
            "Similarities of \(model.name)",
            thresholds: report.tar.map { ($0.threshold, "FMR \(Words.rate($0.falseMatchRate))") })
    }

    /// What a sigmoid of the similarity, fitted on other people, says against what is so; `nil` if the pairs do not say
    /// who is in them, or are too few.
    var calibration: CalibrationComparison.Result? {
        let pairs = comparisons.map { ConditionedComparison($0, conditions: nil) }
        return try? CalibrationComparison(pairs, methods: [.platt], bins: 10).conditions.first?.results.first
    }
}
