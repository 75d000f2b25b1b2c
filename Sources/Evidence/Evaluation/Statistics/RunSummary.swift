/// A summary of several runs of one measurement, such as seeds, folds or iterations.
///
/// It has the five numbers in the tables of the DS-AEAN paper (2025): best, worst, mean, median and standard deviation.
/// It also has the interval of the mean.
public struct RunSummary: Codable, Hashable, Sendable {
    /// The number of runs.
    public let runs: Int
    /// The best value.
    public let best: Double
    /// The worst value.
    public let worst: Double
    /// The arithmetic mean.
    public let mean: Double
    /// The median; of an even number, the mean of the middle two.
    public let median: Double
    /// The standard deviation (n − 1); `nil` for one run.
    public let standardDeviation: Double?
    /// Student's interval of ``mean`` (Student, *The probable error of a mean*, 1908); `nil` for one run.
    ///
    /// It assumes that the runs are independent. This is true for seeds, but only approximately for folds of one set.
    public let interval: SubjectBootstrap.Interval?

    /// Summarizes values.
    ///
    /// - Parameters:
    ///   - values: A finite number for each run, at least one.
    ///   - smallerIsBetter: Whether smaller values are better, as with error rates and times.
    ///   - level: The coverage of ``interval``.
    /// - Throws: ``EvaluationError/invalidRate(_:)`` if the level is not between 0 and 1, and
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

/// Student's t distribution: P(|T| > t) = I_x(ν/2, 1/2), x = ν / (ν + t²).
struct StudentDistribution {
    let degrees: Double

    /// Returns the t such that the share `level` of values is between −t and t.
    func quantile(twoSided level: Double) -> Double {
        let x = IncompleteBeta(a: degrees / 2, b: 0.5).inverse(1 - level)
        return (degrees * (1 - x) / x).squareRoot()
    }

    /// Returns the share of values that are farther from 0 than `t`, on both sides.
    func probability(beyond t: Double) -> Double {
        IncompleteBeta(a: degrees / 2, b: 0.5)(degrees / (degrees + t * t))
    }
}
