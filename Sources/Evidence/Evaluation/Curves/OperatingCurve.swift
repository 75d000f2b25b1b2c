/// Every operating point of a set of comparisons: the errors at each threshold.
///
/// A comparison matches if its similarity is at or above the threshold. The similarities are sorted and not binned, so
/// each rate is an exact ratio of two counts. A comparison without a similarity (a picture had no face) never matches,
/// at any threshold, but counts in the denominators. The curve then does not reach (1, 1).
///
/// ```swift
/// let curve = try OperatingCurve(comparisons)
/// print(curve.areaUnderCurve, curve.equalErrorRate)
/// let rate = try curve.trueMatchRate(falseMatchRate: 1e-3)
/// print(rate.value, rate.low...rate.high, rate.threshold)
/// ```
public struct OperatingCurve: Sendable {
    /// The errors at one threshold.
    public struct Point: Hashable, Sendable {
        /// The similarity from which a comparison matches.
        public let threshold: Float
        /// The number of mated comparisons that match.
        public let matches: Int
        /// The number of impostor comparisons that match.
        public let falseMatches: Int
        /// The share of impostor comparisons that match.
        public let falseMatchRate: Double
        /// The share of mated comparisons that match: the TAR of LFW's and IJB's tables.
        public let trueMatchRate: Double

        /// The share of mated comparisons that do not match.
        public var falseNonMatchRate: Double { 1 - trueMatchRate }
    }

    /// The distinct similarities, in decreasing order.
    let similarities: [Float]
    /// The number of mated comparisons with each similarity.
    let mated: [Int]
    /// The number of impostor comparisons with each similarity.
    let impostors: [Int]
    /// The number of comparisons between two pictures of one person, including failed ones.
    public let matedPairs: Int
    /// The number of comparisons between pictures of two people, including failed ones.
    public let impostorPairs: Int

    /// Creates the curve of `comparisons`, in O(n log n).
    ///
    /// - Throws: ``EvaluationError`` if there are no mated or no impostor comparisons, or a similarity is not a number.
    public init(_ comparisons: [Comparison]) throws(EvaluationError) {
        try self.init(RankedComparisons(comparisons), weights: nil)
    }

    /// Creates the curve of weighted comparisons; without weights, each counts once.
    ///
    /// - Throws: ``EvaluationError`` if the weights leave no mated or no impostor comparison.
    init(_ ranked: RankedComparisons, weights: [Int]?) throws(EvaluationError) {
        var similarities: [Float] = [], mated: [Int] = [], impostors: [Int] = []
        var totals = (mated: 0, impostors: 0)
        for entry in ranked.entries {
            if similarities.last != entry.similarity {
                similarities.append(entry.similarity)
                mated.append(0)
                impostors.append(0)
            }
            let weight = weights.map { $0[entry.index] } ?? 1
            if entry.isMated { mated[mated.count - 1] += weight } else { impostors[impostors.count - 1] += weight }
            if entry.isMated { totals.mated += weight } else { totals.impostors += weight }
        }
        for entry in ranked.failures {
            let weight = weights.map { $0[entry.index] } ?? 1
            if entry.isMated { totals.mated += weight } else { totals.impostors += weight }
        }
        guard totals.mated > 0 else { throw .noMatedPairs }
        guard totals.impostors > 0 else { throw .noImpostorPairs }
        self.similarities = similarities
        self.mated = mated
        self.impostors = impostors
        matedPairs = totals.mated
        impostorPairs = totals.impostors
    }

    /// Creates the curve from counts at distinct, decreasing similarities.
    ///
    /// No comparison has failed.
    init(similarities: [Float], mated: [Int], impostors: [Int]) throws(EvaluationError) {
        matedPairs = mated.reduce(0, +)
        impostorPairs = impostors.reduce(0, +)
        guard matedPairs > 0 else { throw .noMatedPairs }
        guard impostorPairs > 0 else { throw .noImpostorPairs }
        self.similarities = similarities
        self.mated = mated
        self.impostors = impostors
    }

    /// The number of mated comparisons without a similarity.
    public var failedMatedPairs: Int { matedPairs - mated.reduce(0, +) }

    /// The number of impostor comparisons without a similarity.
    public var failedImpostorPairs: Int { impostorPairs - impostors.reduce(0, +) }

    /// One point for each distinct similarity, in decreasing order, so that the rates increase.
    ///
    /// This is the ROC curve without its ends (0, 0) and (1, 1).
    public var points: [Point] {
        var matches = 0, falseMatches = 0
        return similarities.indices.map { index in
            matches += mated[index]
            falseMatches += impostors[index]
            return point(at: similarities[index], matches: matches, falseMatches: falseMatches)
        }
    }

    /// Returns the errors at a threshold.
    public func point(at threshold: Float) -> Point {
        var matches = 0, falseMatches = 0
        for index in similarities.indices {
            guard similarities[index] >= threshold else { break }
            matches += mated[index]
            falseMatches += impostors[index]
        }
        return point(at: threshold, matches: matches, falseMatches: falseMatches)
    }

    private func point(at threshold: Float, matches: Int, falseMatches: Int) -> Point {
        Point(
            threshold: threshold, matches: matches, falseMatches: falseMatches,
            falseMatchRate: Double(falseMatches) / Double(impostorPairs),
            trueMatchRate: Double(matches) / Double(matedPairs))
    }
}
