/// Two systems measured in runs that belong together, such as the same seeds or folds: does one differ from the other?
///
/// Student's test of the differences. Of folds the training sets share pictures, so that runs are more alike than
/// independent ones and the plain test finds differences that are not there: the variance of the mean is then enlarged by
/// the share that is tested (Nadeau and Bengio, *Inference for the Generalization Error*, 2003, equation 15).
public struct PairedRunsTest: Codable, Hashable, Sendable {
    /// The mean of the second system's value less the first's.
    public let difference: Double
    /// Its interval.
    public let interval: SubjectBootstrap.Interval
    /// How probable so large a difference is where there is none, 0...1, both sides.
    public let p: Double

    /// - Parameters:
    ///   - first: A number for each run of the first system, two or more.
    ///   - second: Those of the second one, in the same order.
    ///   - overlap: How many pictures (people, …) a run tests for each that it trains on: 1/4 in five folds, 0 for runs
    ///     that are independent.
    ///   - level: The coverage of ``interval``.
    /// - Throws: ``EvaluationError/invalidRate(_:)`` if the level does not lie between 0 and 1, and
    ///   ``EvaluationError/noRuns`` if there are fewer than two pairs or not as many of the one as of the other.
    public init(
        _ first: [Double], _ second: [Double], overlap: Double = 0, level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) {
        guard level > 0, level < 1 else { throw .invalidRate(level) }
        guard first.count == second.count, first.count > 1 else { throw .noRuns }
        precondition(overlap >= 0, "a share is 0 or more")
        let differences = zip(first, second).map { $1 - $0 }, count = Double(differences.count)
        let mean = differences.reduce(0, +) / count
        let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        let error = (variance * (1 / count + overlap)).squareRoot()
        let distribution = StudentDistribution(degrees: count - 1)
        let reach = distribution.quantile(twoSided: level) * error
        difference = mean
        interval = SubjectBootstrap.Interval(low: mean - reach, high: mean + reach)
        // Runs that differ by the same number each leave no doubt, or no difference.
        p = error > 0 ? distribution.probability(beyond: mean / error) : mean == 0 ? 1 : 0
    }
}
