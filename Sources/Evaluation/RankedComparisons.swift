/// Comparisons by falling similarity: sorted once, counted as often as needed.
///
/// Counting takes a weight for each comparison, so that a bootstrap round costs one pass and no sorting.
struct RankedComparisons: Sendable {
    /// One comparison that has a similarity.
    struct Entry: Sendable {
        let similarity: Float
        let isMated: Bool
        let fold: Int
        /// The comparison's place in the given order.
        let index: Int
    }

    /// By falling similarity.
    let entries: [Entry]
    /// All comparisons, in the given order.
    let comparisons: [Comparison]

    /// - Throws: ``EvaluationError`` where a kind is absent or a similarity is not a number.
    init(_ comparisons: [Comparison]) throws(EvaluationError) {
        var entries: [Entry] = []
        entries.reserveCapacity(comparisons.count)
        for (index, comparison) in comparisons.enumerated() {
            guard let similarity = comparison.similarity, similarity != -.infinity else { continue }
            guard similarity.isFinite else { throw .invalidSimilarity(comparison: index) }
            entries.append(
                Entry(similarity: similarity, isMated: comparison.isMated, fold: comparison.fold, index: index))
        }
        guard comparisons.contains(where: \.isMated) else { throw .noMatedPairs }
        guard comparisons.contains(where: { !$0.isMated }) else { throw .noImpostorPairs }
        self.entries = entries.sorted { $0.similarity > $1.similarity }
        self.comparisons = comparisons
    }
}
