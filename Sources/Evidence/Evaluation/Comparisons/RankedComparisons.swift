/// Comparisons by falling similarity: sorted once, counted as often as needed.
///
/// Counting takes a weight for each comparison, so that a bootstrap round costs one pass and no sorting.
struct RankedComparisons: Sendable {
    /// A comparison without the people's names, which counting does not need.
    struct Entry: Sendable {
        /// Minus infinity where the comparison has none: below every threshold.
        let similarity: Float
        let isMated: Bool
        /// The fold's place in ``folds``.
        let fold: Int
        /// The comparison's place in the given order.
        let index: Int
    }

    /// Comparisons that have a similarity, the highest first.
    let entries: [Entry]
    /// Comparisons that have none.
    let failures: [Entry]
    /// The folds that there are, in order.
    let folds: [Int]

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
