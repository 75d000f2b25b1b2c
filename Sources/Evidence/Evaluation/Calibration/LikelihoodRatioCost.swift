import Faces
import Foundation

/// The cost of log-likelihood ratios (Cllr), in bits.
///
/// 0 is perfect; 1 is the cost of always answering "equally likely" (Brümmer and du Preez, *Application-independent
/// evaluation of speaker detection*, 2006). Mated and impostor comparisons weigh half each, so that the cost does not
/// depend on their numbers.
public struct LikelihoodRatioCost: Codable, Hashable, Sendable {
    /// Cllr: the cost of the given ratios.
    public let cost: Double
    /// minCllr: the cost after the best non-decreasing map, found on the same comparisons by the pool adjacent
    /// violators algorithm.
    ///
    /// It is the loss due to discrimination.
    public let minimum: Double
    /// ``cost`` minus ``minimum``: the loss due to calibration.
    public var calibrationLoss: Double { cost - minimum }

    enum CodingKeys: String, CodingKey {
        case cost = "cllr"
        case minimum = "minCllr"
    }

    /// Computes the cost.
    ///
    /// - Parameters:
    ///   - logRatios: The natural logarithms; 0 for failed comparisons.
    ///   - isMated: Whether each comparison is mated.
    /// - Throws: ``EvaluationError/noMatedPairs``, ``EvaluationError/noImpostorPairs``;
    ///   ``EvaluationError/invalidSimilarity(comparison:)`` if a ratio is not a number.
    public init(logRatios: [Double], isMated: [Bool]) throws(EvaluationError) {
        precondition(logRatios.count == isMated.count, "each ratio needs a kind")
        let mated = isMated.count { $0 }, impostors = isMated.count - mated
        guard mated > 0 else { throw .noMatedPairs }
        guard impostors > 0 else { throw .noImpostorPairs }
        for (index, ratio) in logRatios.enumerated() where ratio.isNaN { throw .invalidSimilarity(comparison: index) }
        cost = Self.cost(logRatios, isMated, mated: mated, impostors: impostors)
        let prior = ProbabilityCalibration.logOdds(Double(mated) / Double(isMated.count))
        let blocks = IsotonicRegression(inputs: logRatios, values: isMated.map { $0 ? 1 : 0 }).blocks
        minimum = blocks.reduce(0) { sum, block in
            let own = (block.value * block.weight).rounded(), others = block.weight - own
            let ratio = ProbabilityCalibration.logOdds(own / block.weight) - prior
            // A block of one kind has an infinite ratio, which is correct, and costs nothing.
            return sum + (own > 0 ? own * Self.bits(-ratio) / Double(mated) / 2 : 0)
                + (others > 0 ? others * Self.bits(ratio) / Double(impostors) / 2 : 0)
        }
    }

    private static func cost(_ ratios: [Double], _ isMated: [Bool], mated: Int, impostors: Int) -> Double {
        var sums = (mated: 0.0, impostors: 0.0)
        for (ratio, own) in zip(ratios, isMated) {
            if own { sums.mated += bits(-ratio) } else { sums.impostors += bits(ratio) }
        }
        return (sums.mated / Double(mated) + sums.impostors / Double(impostors)) / 2
    }

    /// Returns log₂(1 + e^x), without overflow.
    private static func bits(_ x: Double) -> Double { (max(x, 0) + log1p(exp(-abs(x)))) / log(2) }
}
