/// Every operating point that a set of comparisons has: what would have happened at each threshold.
///
/// A comparison matches where its similarity is at or above the threshold. The similarities are sorted and nothing is
/// binned, so that each rate is an exact ratio of two counts. A comparison without a similarity (a picture had no face)
/// never matches, at any threshold, and counts in the denominators: the curve then ends short of (1, 1).
public struct OperatingCurve: Sendable {
    /// What happens at one threshold.
    public struct Point: Hashable, Sendable {
        /// The similarity from which a comparison matches.
        public let threshold: Float
        /// How many mated comparisons match.
        public let matches: Int
        /// How many impostor comparisons match.
        public let falseMatches: Int
        /// Share of impostor comparisons that match.
        public let falseMatchRate: Double
        /// Share of mated comparisons that match: the TAR of LFW's and IJB's tables.
        public let trueMatchRate: Double

        /// Share of mated comparisons that do not match.
        public var falseNonMatchRate: Double { 1 - trueMatchRate }
    }

    /// The different similarities, falling.
    let similarities: [Float]
    /// How many mated comparisons have each similarity.
    let mated: [Int]
    /// How many impostor comparisons have each similarity.
    let impostors: [Int]
    /// How many comparisons of two pictures of one person there are, failed ones included.
    public let matedPairs: Int
    /// How many comparisons of two people's pictures there are, failed ones included.
    public let impostorPairs: Int

    /// Creates the curve of `comparisons`, in O(n log n).
    ///
    /// - Throws: ``EvaluationError`` if there are no mated or no impostor comparisons, or a similarity is not a number.
    public init(_ comparisons: [Comparison]) throws(EvaluationError) {
        try self.init(RankedComparisons(comparisons), weights: nil)
    }

    /// Creates the curve where each comparison counts as often as its weight says, or once.
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

    /// Creates the curve of counts at falling, different similarities, of comparisons that all have one.
    init(similarities: [Float], mated: [Int], impostors: [Int]) throws(EvaluationError) {
        matedPairs = mated.reduce(0, +)
        impostorPairs = impostors.reduce(0, +)
        guard matedPairs > 0 else { throw .noMatedPairs }
        guard impostorPairs > 0 else { throw .noImpostorPairs }
        self.similarities = similarities
        self.mated = mated
        self.impostors = impostors
    }

    /// How many mated comparisons have no similarity.
    public var failedMatedPairs: Int { matedPairs - mated.reduce(0, +) }

    /// How many impostor comparisons have no similarity.
    public var failedImpostorPairs: Int { impostorPairs - impostors.reduce(0, +) }

    /// One point for each different similarity, falling, so that the rates rise: the ROC curve, without its ends (0, 0)
    /// and (1, 1).
    public var points: [Point] {
        var matches = 0, falseMatches = 0
        return similarities.indices.map { index in
            matches += mated[index]
            falseMatches += impostors[index]
            return point(at: similarities[index], matches: matches, falseMatches: falseMatches)
        }
    }

    /// What happens at a threshold.
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
