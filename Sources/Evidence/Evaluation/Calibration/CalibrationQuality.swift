import Foundation

/// The quality of probabilities: predictions compared with outcomes.
public struct CalibrationQuality: Codable, Hashable, Sendable {
    /// A bin of the reliability diagram.
    public struct Bin: Codable, Hashable, Sendable {
        /// The lower end of the bin's range; for equal-mass bins, the lowest probability in it.
        public let low: Double
        /// The upper end of the bin's range; for equal-mass bins, the highest probability in it.
        public let high: Double
        /// The mean of the probabilities in it.
        public let meanProbability: Double
        /// The share of positive outcomes, with its interval.
        public let observed: ObservedRate
    }

    /// The non-empty bins of equal width, in increasing order.
    public let bins: [Bin]
    /// The bins with equal numbers of samples, if ties allow, in increasing order.
    public let equalMassBins: [Bin]
    /// The expected calibration error over ``bins``: the mean of |predicted − observed|, each bin weighted by its
    /// number of samples (Naeini, Cooper and Hauskrecht, *Obtaining well calibrated probabilities using Bayesian
    /// binning*, 2015).
    ///
    /// Bins with few samples bias it upwards.
    public let expectedCalibrationError: Double
    /// The expected calibration error over ``equalMassBins``, which is not distorted by empty ranges (Nixon et al.,
    /// *Measuring calibration in deep learning*, 2019).
    public let equalMassCalibrationError: Double
    /// The mean squared difference between probability and outcome (Brier, *Verification of forecasts expressed in
    /// terms of probability*, 1950).
    public let brierScore: Double
    /// The mean of −ln of the probability of the outcome.
    ///
    /// Probabilities are clamped to 2⁻⁵² away from 0 and 1.
    public let logLoss: Double
    /// The number of probabilities.
    public let count: Int
    /// The share of positive outcomes.
    public let prevalence: Double

    /// Measures the quality of probabilities.
    ///
    /// - Parameters:
    ///   - probabilities: The predictions, 0...1, at least one.
    ///   - outcomes: The outcomes.
    ///   - bins: The number of bins.
    ///   - level: The coverage of the intervals.
    /// - Throws: ``EvaluationError/tooFewSamples(needed:)`` without a sample; ``EvaluationError/invalidRate(_:)`` for
    ///   an invalid probability or level.
    public init(
        probabilities: [Double], outcomes: [Bool], bins: Int = 15, level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) {
        precondition(
            probabilities.count == outcomes.count && bins > 0,
            "each probability needs an outcome, and there "
                + "must be at least one bin")
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

    /// Returns the indices in order of probability, cut into parts of equal length.
    ///
    /// Equal probabilities stay together, in the earlier part.
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
