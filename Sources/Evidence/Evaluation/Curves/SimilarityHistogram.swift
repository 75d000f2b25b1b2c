/// A histogram of similarities, in bins of equal width over −1...1, for viewing the two distributions and not for
/// rates.
public struct SimilarityHistogram: Codable, Hashable, Sendable {
    /// The lower edge of the first bin.
    public let low: Float
    /// The upper edge of the last bin.
    public let high: Float
    /// The number of mated comparisons in each bin.
    public let mated: [Int]
    /// The number of impostor comparisons in each bin.
    public let impostor: [Int]

    /// Counts the comparisons with a similarity.
    ///
    /// Those outside −1...1 are in the first or the last bin.
    public init(_ comparisons: [Comparison], bins: Int = 40) {
        var counts = BinnedSimilarities(bins: bins)
        for comparison in comparisons {
            guard let similarity = comparison.similarity, similarity.isFinite else { continue }
            counts.add(similarity, mated: comparison.isMated)
        }
        self.init(counts)
    }

    /// Counts the comparisons of every embedding with every other.
    init(comparingAll embeddings: LabelledEmbeddings, bins: Int = 40, workers: Int? = nil) async throws {
        let pairs = AllAgainstAll(embeddings: embeddings)
        self.init(try await pairs.collect(into: BinnedSimilarities(bins: bins), workers: workers))
    }

    private init(_ counts: BinnedSimilarities) {
        (low, high) = (-1, 1)
        (mated, impostor) = (counts.mated, counts.impostor)
    }
}

/// Counts similarities by bins of equal width over −1...1.
private struct BinnedSimilarities: SimilaritySink {
    private(set) var mated: [Int]
    private(set) var impostor: [Int]

    init(bins: Int) {
        precondition(bins > 0, "at least one bin is needed")
        mated = Array(repeating: 0, count: bins)
        impostor = mated
    }

    mutating func add(_ similarity: Float, mated isMated: Bool) {
        let place = (min(max(similarity, -1), 1) + 1) / 2 * Float(mated.count)
        let bin = min(Int(place), mated.count - 1)
        if isMated { mated[bin] += 1 } else { impostor[bin] += 1 }
    }

    mutating func add(_ similarities: UnsafeBufferPointer<Float>, mated isMated: Bool, at _: (row: Int, column: Int)) {
        for similarity in similarities { add(similarity, mated: isMated) }
    }

    mutating func merge(_ other: BinnedSimilarities) {
        for bin in mated.indices {
            mated[bin] += other.mated[bin]
            impostor[bin] += other.impostor[bin]
        }
    }
}
