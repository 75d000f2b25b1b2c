import Foundation

/// How far probabilities can be believed: what was said against what happened.
public struct CalibrationQuality: Codable, Hashable, Sendable {
    /// A bar of the reliability diagram.
    public struct Bin: Codable, Hashable, Sendable {
        /// The lowest probability that the bin takes; equal-mass bins: that it holds.
        public let low: Double
        /// The highest one.
        public let high: Double
        /// The mean of the probabilities in it.
        public let meanProbability: Double
        /// The share of them that came true, with its interval.
        public let observed: ObservedRate
    }

    /// Bins of equal width that hold something, rising.
    public let bins: [Bin]
    /// Bins that hold equally many, as far as ties allow, rising.
    public let equalMassBins: [Bin]
    /// The expected calibration error over ``bins``: the mean of |said − observed|, each bin counting by what it holds
    /// (Naeini, Cooper and Hauskrecht, *Obtaining well calibrated probabilities using Bayesian binning*, 2015). Bins with
    /// few samples make it too large by chance.
    public let expectedCalibrationError: Double
    /// The same over ``equalMassBins``, which no empty range distorts (Nixon et al., *Measuring calibration in deep
    /// learning*, 2019).
    public let equalMassCalibrationError: Double
    /// The mean squared difference of probability and outcome (Brier, *Verification of forecasts expressed in terms of
    /// probability*, 1950).
    public let brierScore: Double
    /// The mean of −ln of the probability of what happened; probabilities count as 2⁻⁵² or more away from 0 and 1.
    public let logLoss: Double
    /// How many probabilities.
    public let count: Int
    /// The share of them that came true.
    public let prevalence: Double

    /// - Parameters:
    ///   - probabilities: What was said, 0...1, at least one.
    ///   - outcomes: Whether it came true.
    ///   - bins: How many bins.
    /// - Throws: ``EvaluationError/tooFewSamples(needed:)`` without a sample; ``EvaluationError/invalidRate(_:)`` for what
    ///   is no probability, or no level.
    public init(
        probabilities: [Double], outcomes: [Bool], bins: Int = 15, level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) {
        precondition(probabilities.count == outcomes.count && bins > 0, "an outcome for each probability, and a bin")
        guard !probabilities.isEmpty else { throw .tooFewSamples(needed: 1) }
        for probability in probabilities where !(0...1).contains(probability) { throw .invalidRate(probability) }
        let total = Double(probabilities.count)
        let width = Double(bins)
        var places: [[Int]] = Array(repeating: [], count: bins)
        for (index, probability) in probabilities.enumerated() {
            places[min(Int(probability * width), bins - 1)].append(index)
        }
        var equalWidth: [Bin] = []
        for (bin, members) in places.enumerated() where !members.isEmpty {
            equalWidth.append(
                try Self.bin(
                    members, probabilities, outcomes, edges: (Double(bin) / width, Double(bin + 1) / width), level))
        }
        var equalMass: [Bin] = []
        for members in Self.equalMass(probabilities, bins: bins) {
            let edges = (probabilities[members[0]], probabilities[members[members.count - 1]])
            equalMass.append(try Self.bin(members, probabilities, outcomes, edges: edges, level))
        }
        self.bins = equalWidth
        equalMassBins = equalMass
        expectedCalibrationError = Self.error(equalWidth, total)
        equalMassCalibrationError = Self.error(equalMass, total)
        let pairs = zip(probabilities, outcomes)
        brierScore = pairs.reduce(0) { $0 + ($1.0 - ($1.1 ? 1 : 0)) * ($1.0 - ($1.1 ? 1 : 0)) } / total
        logLoss =
            pairs.reduce(0) { sum, pair in
                let kept = min(max(pair.0, Double.ulpOfOne), 1 - Double.ulpOfOne)
                return sum - (pair.1 ? log(kept) : log1p(-kept))
            } / total
        count = probabilities.count
        prevalence = Double(outcomes.count { $0 }) / total
    }

    private static func bin(
        _ members: [Int], _ probabilities: [Double], _ outcomes: [Bool], edges: (Double, Double), _ level: Double
    ) throws(EvaluationError) -> Bin {
        Bin(
            low: edges.0, high: edges.1,
            meanProbability: members.reduce(0) { $0 + probabilities[$1] } / Double(members.count),
            observed: try ObservedRate(members.count { outcomes[$0] }, of: members.count, level: level))
    }

    /// Places by rising probability, cut into parts of equal length; equal probabilities stay together, in the earlier.
    private static func equalMass(_ probabilities: [Double], bins: Int) -> [[Int]] {
        let order = probabilities.indices.sorted { probabilities[$0] < probabilities[$1] }
        var parts: [[Int]] = [], start = 0
        for bin in 1...bins {
            var end = max(bin * order.count / bins, start)
            guard end > start else { continue }
            while end < order.count, probabilities[order[end]] == probabilities[order[end - 1]] { end += 1 }
            parts.append(Array(order[start..<end]))
            start = end
        }
        return parts
    }

    private static func error(_ bins: [Bin], _ total: Double) -> Double {
        bins.reduce(0) { $0 + abs($1.meanProbability - $1.observed.value) * Double($1.observed.total) } / total
    }
}
