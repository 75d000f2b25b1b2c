/// Accuracy over folds: each is decided at the threshold that was best on the others.
///
/// The protocol of Labeled Faces in the Wild (Huang et al., 2007). A mated comparison without a similarity is an error
/// and an impostor comparison without one is right, at every threshold: what has no face never matches.
///
/// Thresholds between two neighboring similarities decide alike, so the best ones fill whole intervals. The widest is
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

    /// Creates the accuracy of `comparisons`, by their folds.
    ///
    /// - Throws: ``EvaluationError`` if there is one fold, no mated or no impostor comparison, or a similarity that is
    ///   not a number.
    public init(_ comparisons: [Comparison]) throws(EvaluationError) {
        try self.init(RankedComparisons(comparisons), weights: nil)
    }

    /// Creates the accuracy where each comparison counts as often as its weight says, or once.
    init(_ ranked: RankedComparisons, weights: [Int]?) throws(EvaluationError) {
        let entries = ranked.entries + ranked.failures
        var pairs = Array(repeating: 0, count: ranked.folds.count), right = pairs
        for entry in entries { pairs[entry.fold] += weights.map { $0[entry.index] } ?? 1 }
        guard pairs.count(where: { $0 > 0 }) > 1 else { throw .tooFewFolds }
        let thresholds = ranked.folds.indices.map { fold in
            ThresholdSearch.bestThreshold(ranked, weights: weights) { $0.fold != fold }
        }
        for entry in entries where (entry.similarity >= thresholds[entry.fold]) == entry.isMated {
            right[entry.fold] += weights.map { $0[entry.index] } ?? 1
        }
        folds = ranked.folds.indices.filter { pairs[$0] > 0 }.map { index in
            Fold(
                fold: ranked.folds[index], threshold: thresholds[index],
                accuracy: Double(right[index]) / Double(pairs[index]), pairs: pairs[index])
        }
    }
}
