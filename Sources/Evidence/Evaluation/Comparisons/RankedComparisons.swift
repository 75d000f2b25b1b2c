/// Comparisons by decreasing similarity: sorted once, counted as often as needed.
///
/// Counting takes a weight for each comparison, so that a bootstrap round costs one pass without sorting.
struct RankedComparisons: Sendable {
    /// A comparison without the names of the people, which counting does not need.
    struct Entry: Sendable {
        /// The similarity; minus infinity if there is none, which is below every threshold.
        let similarity: Float
        let isMated: Bool
        /// The fold's index in ``folds``.
        let fold: Int
        /// The comparison's index in the given order.
        let index: Int
    }

    /// The comparisons with a similarity, highest first.
    let entries: [Entry]
    /// The comparisons without a similarity.
    let failures: [Entry]
    /// The existing folds, in order.
    let folds: [Int]

    /// Sorts comparisons.
    ///
    /// - Throws: ``EvaluationError`` if a kind is absent or a similarity is not a number.
    init(_ comparisons: [Comparison]) throws(EvaluationError) {
        folds = Set(comparisons.lazy.map(\.fold)).sorted()
        let places = Dictionary(uniqueKeysWithValues: folds.enumerated().map { ($1, $0) })
        var entries: [Entry] = [], failures: [Entry] = []
        var kinds = (mated: false, impostor: false)
        for (index, comparison) in comparisons.enumerated() {
            let similarity = comparison.similarity ?? -.infinity
            guard similarity < .infinity else { throw .invalidSimilarity(comparison: index) }
            let entry = Entry(
                similarity: similarity, isMated: comparison.isMated, fold: places[comparison.fold] ?? 0, index: index)
            if similarity == -.infinity { failures.append(entry) } else { entries.append(entry) }
            if entry.isMated { kinds.mated = true } else { kinds.impostor = true }
        }
        guard kinds.mated else { throw .noMatedPairs }
        guard kinds.impostor else { throw .noImpostorPairs }
        self.entries = entries.sorted { $0.similarity > $1.similarity }
        self.failures = failures
    }
}
