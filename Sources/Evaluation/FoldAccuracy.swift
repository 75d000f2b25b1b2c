/// Accuracy over folds: each is decided at the threshold that was best on the others.
///
/// The protocol of Labeled Faces in the Wild (Huang et al., 2007). A mated comparison without a similarity is an error
/// and an impostor comparison without one is right, at every threshold: what has no face never matches.
///
/// Thresholds between two neighbouring similarities decide alike, so the best ones fill whole intervals. The widest is
/// taken, the lowest of equally wide ones, and its middle is the threshold. Where it is best that nothing matches, it
/// is the number next above all similarities; where everything, the lowest of them; where no threshold is better than
/// another, 0.
public struct FoldAccuracy: Hashable, Sendable {
    /// What one fold says.
    public struct Fold: Codable, Hashable, Sendable {
        /// The fold, from 0.
        public let fold: Int
        /// The threshold, chosen on the other folds.
        public let threshold: Float
        /// The share of this fold's comparisons that is decided rightly at it.
        public let accuracy: Double
        /// How many comparisons the fold has.
        public let pairs: Int
    }

    /// The folds that have comparisons.
    public let folds: [Fold]

    /// The folds' mean, each counting alike.
    public var mean: Double { folds.reduce(0) { $0 + $1.accuracy } / Double(folds.count) }

    /// The standard error of ``mean``: the folds' standard deviation (n − 1) over the root of their number.
    public var standardError: Double {
        let squares = folds.reduce(0) { $0 + ($1.accuracy - mean) * ($1.accuracy - mean) }
        return (squares / Double(folds.count - 1) / Double(folds.count)).squareRoot()
    }

    /// The accuracy of `comparisons`, by their folds.
    ///
    /// - Throws: ``EvaluationError`` where there is one fold, no mated or no impostor comparison, or a similarity that
    ///   is not a number.
    public init(_ comparisons: [Comparison]) throws(EvaluationError) {
        try self.init(RankedComparisons(comparisons), weights: nil)
    }

    /// The accuracy where each comparison counts as often as its weight says, or once.
    init(_ ranked: RankedComparisons, weights: [Int]?) throws(EvaluationError) {
        var pairs: [Int: Int] = [:]
        for (index, comparison) in ranked.comparisons.enumerated() {
            pairs[comparison.fold, default: 0] += weights.map { $0[index] } ?? 1
        }
        let present = pairs.filter { $0.value > 0 }.sorted { $0.key < $1.key }
        guard present.count > 1 else { throw .tooFewFolds }
        folds = present.map { fold, count in
            let threshold = Self.bestThreshold(ranked, weights: weights, leavingOut: fold)
            let right = Self.right(ranked, weights: weights, fold: fold, threshold: threshold)
            return Fold(fold: fold, threshold: threshold, accuracy: Double(right) / Double(count), pairs: count)
        }
    }

    /// How many comparisons of `fold` are decided rightly.
    private static func right(_ ranked: RankedComparisons, weights: [Int]?, fold: Int, threshold: Float) -> Int {
        ranked.comparisons.indices.reduce(0) { sum, index in
            let comparison = ranked.comparisons[index]
            guard comparison.fold == fold else { return sum }
            let matches = comparison.similarity.map { $0 >= threshold } ?? false
            return matches == comparison.isMated ? sum + (weights.map { $0[index] } ?? 1) : sum
        }
    }

    /// The threshold that decides most comparisons of the other folds rightly, as ``ThresholdSearch`` chooses it.
    private static func bestThreshold(_ ranked: RankedComparisons, weights: [Int]?, leavingOut fold: Int) -> Float {
        var search = ThresholdSearch()
        var level: Float?
        var difference = 0
        for entry in ranked.entries where entry.fold != fold {
            if let passed = level, passed != entry.similarity {
                search.pass(passed, difference: difference)
                difference = 0
            }
            level = entry.similarity
            let weight = weights.map { $0[entry.index] } ?? 1
            difference += entry.isMated ? weight : -weight
        }
        if let level { search.pass(level, difference: difference) }
        return search.threshold
    }
}
