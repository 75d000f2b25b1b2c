/// Several runs of one measurement, such as seeds, folds or iterations, in the five numbers of paper C's tables: best,
/// worst, mean, median, standard deviation; with the mean's interval.
public struct RunSummary: Codable, Hashable, Sendable {
    /// How many runs.
    public let runs: Int
    /// The best value.
    public let best: Double
    /// The worst value.
    public let worst: Double
    /// The arithmetic mean.
    public let mean: Double
    /// The middle value; of an even number, the mean of the middle two.
    public let median: Double
    /// The standard deviation (n − 1); `nil` for one run, which has none.
    public let standardDeviation: Double?
    /// Student's interval of ``mean`` (Student, *The probable error of a mean*, 1908); `nil` for one run. It takes the
    /// runs for independent: seeds are, folds of one set are only nearly.
    public let interval: SubjectBootstrap.Interval?

    /// - Parameters:
    ///   - values: One finite number for each run, at least one.
    ///   - smallerIsBetter: Whether the best is the smallest, as with error rates and times.
    ///   - level: The coverage of ``interval``.
    /// - Throws: ``EvaluationError/invalidRate(_:)`` if the level does not lie between 0 and 1, and
    ///   ``EvaluationError/noRuns`` without a value.
    public init(
        _ values: [Double], smallerIsBetter: Bool = false, level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) {
        guard level > 0, level < 1 else { throw .invalidRate(level) }
        let sorted = values.sorted(), count = Double(values.count)
        guard let lowest = sorted.first, let highest = sorted.last else { throw .noRuns }
        runs = values.count
        (best, worst) = smallerIsBetter ? (lowest, highest) : (highest, lowest)
        let mean = values.reduce(0, +) / count
        self.mean = mean
        median = (sorted[(values.count - 1) / 2] + sorted[values.count / 2]) / 2
        guard values.count > 1 else {
            (standardDeviation, interval) = (nil, nil)
            return
        }
        let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)).squareRoot()
        let reach = StudentDistribution(degrees: count - 1).quantile(twoSided: level) * deviation / count.squareRoot()
        standardDeviation = deviation
        interval = SubjectBootstrap.Interval(low: mean - reach, high: mean + reach)
    }
}

/// Student's distribution of t: P(|T| > t) = I_x(ν/2, 1/2), x = ν / (ν + t²).
struct StudentDistribution {
    let degrees: Double

    /// Returns the t that a share `level` of values lies within, on both sides.
    func quantile(twoSided level: Double) -> Double {
        let x = IncompleteBeta(a: degrees / 2, b: 0.5).inverse(1 - level)
        return (degrees * (1 - x) / x).squareRoot()
    }

    /// Returns the share of values that lie farther from 0 than `t`, on both sides.
    func probability(beyond t: Double) -> Double {
        IncompleteBeta(a: degrees / 2, b: 0.5)(degrees / (degrees + t * t))
    }
}
