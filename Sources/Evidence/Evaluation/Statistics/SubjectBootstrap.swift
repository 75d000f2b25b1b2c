/// Bootstrap intervals that account for people shared by several pairs.
///
/// People are drawn with replacement, as many as there are. A comparison of two people is weighted by the product of
/// the numbers of times that each was drawn, a mated one by the number of times that its person was drawn. All measures
/// are recomputed in each round, including folds and thresholds, and the interval covers the middle of their values.
///
/// Owen, *The pigeonhole bootstrap*, 2007: the intervals tend to be slightly too wide rather than too narrow. Bolle et
/// al., *The relation between the ROC curve and the CMC*, 2004, explain why resampling pairs gives intervals that are
/// too narrow.
///
/// ```swift
/// let comparisons = similarities.map {
///     Comparison(similarity: $0.value, isMated: $0.first == $0.second, personA: $0.first, personB: $0.second)
/// }
/// let bootstrap = try SubjectBootstrap(comparisons, rates: [1e-3], rounds: 2000, seed: 1)
/// print(bootstrap.auc.low...bootstrap.auc.high)
/// for rate in bootstrap.tar { print(rate.falseMatchRate, rate.low...rate.high) }
/// ```
public struct SubjectBootstrap: Codable, Hashable, Sendable {
    /// An interval that covers the middle of a measure's rounds.
    public struct Interval: Codable, Hashable, Sendable {
        /// The lower end.
        public let low: Double
        /// The upper end.
        public let high: Double

        init(low: Double, high: Double) { (self.low, self.high) = (low, high) }

        /// Creates the interval of the middle `level` of `values`, at least one, with linear interpolation between
        /// them.
        init(_ values: [Double], level: Double) {
            let sorted = values.sorted()
            func quantile(_ share: Double) -> Double {
                let place = share * Double(sorted.count - 1)
                let below = Int(place), above = min(below + 1, sorted.count - 1)
                return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
            }
            low = quantile((1 - level) / 2)
            high = quantile((1 + level) / 2)
        }
    }

    /// The interval of a true match rate.
    public struct RateInterval: Codable, Hashable, Sendable {
        /// The false match rate, whose threshold is chosen again in each round.
        public let falseMatchRate: Double
        /// The lower end.
        public let low: Double
        /// The upper end.
        public let high: Double

        enum CodingKeys: String, CodingKey {
            case falseMatchRate = "fmr"
            case low, high
        }
    }

    /// The number of rounds, without those that drew no mated or no impostor pair.
    public let rounds: Int
    /// The seed of the random numbers.
    public let seed: UInt64
    /// The coverage of the intervals.
    public let level: Double
    /// The number of people.
    public let people: Int
    /// The interval of ``FoldAccuracy/mean``; `nil` if the pairs are in one fold.
    public let accuracy: Interval?
    /// The interval of ``OperatingCurve/areaUnderCurve``.
    public let auc: Interval
    /// The interval of ``OperatingCurve/equalErrorRate``.
    public let eer: Interval
    /// The intervals of the true match rates.
    public let tar: [RateInterval]

    /// Resamples people and measures.
    ///
    /// - Parameters:
    ///   - comparisons: The comparisons.
    ///   - rates: The false match rates to measure at; those that ``RuleOfThree`` refuses are an error.
    ///   - rounds: The number of rounds.
    ///   - seed: The seed of the random numbers.
    ///   - level: The coverage of the intervals.
    /// - Throws: ``EvaluationError``, also if a comparison does not name its people.
    public init(
        _ comparisons: [Comparison], rates: [Double] = PairsReport.usualRates, rounds: Int = 2000, seed: UInt64 = 1,
        level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) {
        precondition(rounds > 0, "at least one round is needed")
        guard level > 0, level < 1 else { throw .invalidRate(level) }
        let ranked = try RankedComparisons(comparisons)
        let curve = try OperatingCurve(ranked, weights: nil)
        for rate in rates { try RuleOfThree.check(falseMatchRate: rate, impostorPairs: curve.impostorPairs) }
        var draw = try SubjectResampling(comparisons, seed: seed)
        var measured = Measured(rates: rates)
        for _ in 0..<rounds { measured.add(ranked, weights: draw.weights()) }
        guard measured.auc.count > 0 else { throw .noMatedPairs }
        self.rounds = measured.auc.count
        self.seed = seed
        self.level = level
        people = draw.people
        accuracy = measured.accuracy.isEmpty ? nil : Interval(measured.accuracy, level: level)
        auc = Interval(measured.auc, level: level)
        eer = Interval(measured.eer, level: level)
        tar = zip(rates, measured.tar).map { rate, values in
            let interval = Interval(values, level: level)
            return RateInterval(falseMatchRate: rate, low: interval.low, high: interval.high)
        }
    }
}

/// The measures of the rounds so far.
private struct Measured {
    let rates: [Double]
    var accuracy: [Double] = []
    var auc: [Double] = []
    var eer: [Double] = []
    var tar: [[Double]]

    init(rates: [Double]) {
        self.rates = rates
        tar = Array(repeating: [], count: rates.count)
    }

    /// Measures a round, unless it lacks a kind of pair.
    mutating func add(_ ranked: RankedComparisons, weights: [Int]) {
        guard let curve = try? OperatingCurve(ranked, weights: weights) else { return }
        auc.append(curve.areaUnderCurve)
        eer.append(curve.equalErrorRate)
        for (index, rate) in rates.enumerated() {
            tar[index].append(curve.point(at: curve.thresholdUnchecked(falseMatchRate: rate)).trueMatchRate)
        }
        if let folds = try? FoldAccuracy(ranked, weights: weights) { accuracy.append(folds.mean) }
    }
}
