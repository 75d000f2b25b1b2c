/// The comparison of every picture of a set of people with every other: exact rates from millions of similarities
/// without storing them.
///
/// The shape of the ROC curve depends only on the numbers of impostor comparisons above, at and below each mated
/// similarity. They are counted in O(n²) time, with memory for the mated similarities only. Thresholds at false match
/// rates come from ``ImpostorCalibration``.
public struct AllPairsReport: Codable, Hashable, Sendable {
    /// The area under the ROC curve, ties counted as half.
    public let areaUnderCurve: Double
    /// The equal error rate.
    public let equalErrorRate: Double
    /// The thresholds and errors at false match rates, with the numbers of people and pairs.
    public let calibration: ImpostorCalibration
    /// The points of the DET curve, with intervals.
    public let tradeoff: DetectionErrorTradeoff
    /// The histogram of the similarities of both kinds.
    public let histogram: SimilarityHistogram

    enum CodingKeys: String, CodingKey {
        case areaUnderCurve = "auc"
        case equalErrorRate = "eer"
        case calibration
        case tradeoff = "det"
        case histogram
    }

    /// Compares all pictures.
    ///
    /// - Parameters:
    ///   - embeddings: Vectors of unit length, one after the other.
    ///   - dimension: The number of values of a vector.
    ///   - labels: The person of each.
    ///   - rates: The false match rates.
    ///   - level: The coverage of the intervals.
    ///   - workers: The number of processors to use; all of them if `nil`.
    /// - Throws: ``EvaluationError``, as ``ImpostorCalibration`` does; `CancellationError` if the task is canceled.
    public init(
        embeddings: [Float], dimension: Int, labels: [some Hashable & Sendable],
        rates: [Double] = ImpostorCalibration.usualRates, level: Double = BinomialInterval.usualLevel,
        workers: Int? = nil
    ) async throws {
        calibration = try await ImpostorCalibration(
            embeddings: embeddings, dimension: dimension, labels: labels, rates: rates, workers: workers)
        let labelled = try LabelledEmbeddings(embeddings, dimension: dimension, labels: labels)
        let curve = try await OperatingCurve(comparingAll: labelled, workers: workers)
        areaUnderCurve = curve.areaUnderCurve
        equalErrorRate = curve.equalErrorRate
        tradeoff = try DetectionErrorTradeoff(curve, level: level)
        histogram = try await SimilarityHistogram(comparingAll: labelled, workers: workers)
    }
}

extension OperatingCurve {
    /// Creates the curve of all pairs of embeddings.
    ///
    /// Impostor comparisons between two neighboring mated similarities are merged at the highest of them. The curve is
    /// a straight line there, so areas, and rates at mated similarities, are exact.
    init(comparingAll embeddings: LabelledEmbeddings, workers: Int? = nil) async throws {
        let pairs = AllAgainstAll(embeddings: embeddings)
        let mated = try await pairs.collect(into: MatedSimilarities(), workers: workers).values.sorted(by: >)
        let ranks = try await pairs.collect(into: RanksAmongMated(mated), workers: workers)
        try self.init(ranks)
    }

    private init(_ ranks: RanksAmongMated) throws(EvaluationError) {
        var similarities: [Float] = [], mated: [Int] = [], impostors: [Int] = []
        func add(_ similarity: Float, _ own: Int, _ others: Int) {
            similarities.append(similarity)
            mated.append(own)
            impostors.append(others)
        }
        for place in 0...ranks.levels.count {
            if ranks.between[place] > 0 { add(ranks.highestBetween[place], 0, ranks.between[place]) }
            if place < ranks.levels.count { add(ranks.levels[place], ranks.mated[place], ranks.equal[place]) }
        }
        try self.init(similarities: similarities, mated: mated, impostors: impostors)
    }
}

/// Keeps mated similarities.
private struct MatedSimilarities: SimilaritySink {
    private(set) var values: [Float] = []

    mutating func add(_ similarities: UnsafeBufferPointer<Float>, mated: Bool, at _: (row: Int, column: Int)) {
        if mated { values += similarities }
    }

    mutating func merge(_ other: MatedSimilarities) { values += other.values }
}

/// Counts impostor similarities by their rank among the mated ones.
private struct RanksAmongMated: SimilaritySink {
    /// The distinct mated similarities, in decreasing order.
    let levels: [Float]
    /// The number of mated comparisons with each.
    let mated: [Int]
    /// The number of impostor comparisons with each.
    private(set) var equal: [Int]
    /// The numbers of impostor comparisons above level 0, between levels 0 and 1, …, below the last one.
    private(set) var between: [Int]
    /// The highest similarity of each of these groups.
    private(set) var highestBetween: [Float]
    /// For each upper half of a similarity's bits, the first level that is not above all numbers with that half.
    private let starts: [Int32]

    /// Prepares the counts.
    ///
    /// - Parameter sorted: The mated similarities, in decreasing order.
    init(_ sorted: [Float]) {
        var levels: [Float] = [], mated: [Int] = []
        for similarity in sorted {
            // 0 and −0 are the same level, because they are equal.
            if levels.last == similarity {
                mated[mated.count - 1] += 1
            } else {
                levels.append(similarity + 0)
                mated.append(1)
            }
        }
        var starts = Array(repeating: Int32(levels.count), count: SimilarityCounts.bins)
        var level = 0
        for bin in stride(from: SimilarityCounts.bins - 1, through: 0, by: -1) {
            while level < levels.count, Int(SimilarityCounts.key(levels[level]) >> 16) > bin { level += 1 }
            starts[bin] = Int32(level)
        }
        self.levels = levels
        self.mated = mated
        self.starts = starts
        equal = Array(repeating: 0, count: levels.count)
        between = Array(repeating: 0, count: levels.count + 1)
        highestBetween = Array(repeating: -.infinity, count: levels.count + 1)
    }

    mutating func add(_ similarities: UnsafeBufferPointer<Float>, mated: Bool, at _: (row: Int, column: Int)) {
        guard !mated else { return }
        for similarity in similarities {
            // −0 would be in a different bin than 0.
            let similarity = similarity + 0
            let bin = Int(SimilarityCounts.key(similarity) >> 16)
            var low = Int(starts[bin]), high = bin > 0 ? Int(starts[bin - 1]) : levels.count
            // The first level at or below the similarity.
            while low < high {
                let middle = (low + high) / 2
                if levels[middle] > similarity { low = middle + 1 } else { high = middle }
            }
            if low < levels.count, levels[low] == similarity {
                equal[low] += 1
            } else {
                between[low] += 1
                highestBetween[low] = max(highestBetween[low], similarity)
            }
        }
    }

    mutating func merge(_ other: RanksAmongMated) {
        for index in equal.indices { equal[index] += other.equal[index] }
        for index in between.indices {
            between[index] += other.between[index]
            highestBetween[index] = max(highestBetween[index], other.highestBetween[index])
        }
    }
}
