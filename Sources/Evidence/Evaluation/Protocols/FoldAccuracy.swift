/// The accuracy over folds, each at the threshold that is best on the other folds.
///
/// This is the protocol of Labeled Faces in the Wild (Huang et al., 2007). At every threshold, a mated comparison
/// without a similarity is an error and an impostor comparison without one is correct, because a picture without a face
/// never matches.
///
/// All thresholds between two neighboring similarities give the same decisions, so the best thresholds form intervals.
/// The middle of the widest interval is taken, or of the lowest of equally wide ones. If it is best that nothing
/// matches, the threshold is the number just above all similarities; if everything, the lowest similarity; if all
/// thresholds are equally good, 0.
public struct FoldAccuracy: Hashable, Sendable {
    /// The result of one fold.
    public struct Fold: Codable, Hashable, Sendable {
        /// The fold, from 0.
        public let fold: Int
        /// The threshold, chosen on the other folds.
        public let threshold: Float
        /// The share of this fold's comparisons with a correct decision at the threshold.
        public let accuracy: Double
        /// The number of comparisons in the fold.
        public let pairs: Int
    }

    /// The folds with comparisons.
    public let folds: [Fold]

    /// The mean of the folds, equally weighted.
    public var mean: Double { folds.reduce(0) { $0 + $1.accuracy } / Double(folds.count) }

    /// The standard error of ``mean``: the standard deviation of the folds (n − 1) divided by the root of their number.
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

    /// Creates the accuracy of weighted comparisons; without weights, each counts once.
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
