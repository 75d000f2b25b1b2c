/// How often similarities occur, in bins of equal width over −1...1: for a look at the two kinds, not for rates.
public struct SimilarityHistogram: Codable, Hashable, Sendable {
    /// The lower edge of the first bin.
    public let low: Float
    /// The upper edge of the last bin.
    public let high: Float
    /// Mated comparisons in each bin.
    public let mated: [Int]
    /// Impostor comparisons in each bin.
    public let impostor: [Int]

    /// Counts the comparisons that have a similarity; those outside −1...1 are in the first and the last bin.
    public init(_ comparisons: [Comparison], bins: Int = 40) {
        precondition(bins > 0, "a bin or more")
        var mated = Array(repeating: 0, count: bins), impostor = mated
        for comparison in comparisons {
            guard let similarity = comparison.similarity, similarity.isFinite else { continue }
            let place = (min(max(similarity, -1), 1) + 1) / 2 * Float(bins)
            let bin = min(Int(place), bins - 1)
            if comparison.isMated { mated[bin] += 1 } else { impostor[bin] += 1 }
        }
        (low, high) = (-1, 1)
        self.mated = mated
        self.impostor = impostor
    }
}
