/// A test of the difference between two systems over paired runs, such as the same seeds or folds.
///
/// It is Student's test of the differences. Folds share training pictures, so their runs are more similar than
/// independent ones, and the plain test would find differences that do not exist. The variance of the mean is therefore
/// increased by the ratio of test to training data (Nadeau and Bengio, *Inference for the Generalization Error*, 2003,
/// equation 15).
public struct PairedRunsTest: Codable, Hashable, Sendable {
    /// The mean of the second system's value minus the first's.
    public let difference: Double
    /// The interval of the difference.
    public let interval: SubjectBootstrap.Interval
    /// The two-sided p value, 0...1: the probability of a difference at least this large if there is no true
    /// difference.
    public let p: Double

    /// Compares runs.
    ///
    /// - Parameters:
    ///   - first: A value for each run of the first system, two or more.
    ///   - second: The values of the second system, in the same order.
    ///   - overlap: The number of test pictures (people, …) of a run per training picture: 1/4 in five folds, 0 for
    ///     independent runs.
    ///   - level: The coverage of ``interval``.
    /// - Throws: ``EvaluationError/invalidRate(_:)`` if the level is not between 0 and 1, and
    ///   ``EvaluationError/noRuns`` if there are fewer than two pairs or the counts differ.
    public init(
        _ first: [Double], _ second: [Double], overlap: Double = 0, level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) {
        guard level > 0, level < 1 else { throw .invalidRate(level) }
        guard first.count == second.count, first.count > 1 else { throw .noRuns }
        precondition(overlap >= 0, "the overlap must be 0 or more")
        let differences = zip(first, second).map { $1 - $0 }, count = Double(differences.count)
        let mean = differences.reduce(0, +) / count
        let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        let error = (variance * (1 / count + overlap)).squareRoot()
        let distribution = StudentDistribution(degrees: count - 1)
        let reach = distribution.quantile(twoSided: level) * error
        difference = mean
        interval = SubjectBootstrap.Interval(low: mean - reach, high: mean + reach)
        // If all runs differ by the same amount, the difference is either certain or zero.
        p = error > 0 ? distribution.probability(beyond: mean / error) : mean == 0 ? 1 : 0
    }
}
