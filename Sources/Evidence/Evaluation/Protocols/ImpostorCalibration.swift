/// The thresholds at false match rates, from comparing every picture of a set of people with every other.
///
/// Each threshold is exact: an order statistic of all impostor similarities, without sampling or binning.
public struct ImpostorCalibration: Codable, Hashable, Sendable {
    /// The threshold at one false match rate.
    public struct Point: Codable, Hashable, Sendable {
        /// The requested rate.
        public let falseMatchRate: Double
        /// The smallest similarity from which at most this share of impostor comparisons matches.
        public let threshold: Float
        /// The number of impostor comparisons at or above the threshold.
        public let falseMatches: Int
        /// The share of mated comparisons below the threshold.
        public let falseNonMatchRate: Double
        /// The number of mated comparisons below the threshold.
        public let falseNonMatches: Int
    }

    /// The default false match rates.
    public static let usualRates = [1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6]

    /// The minimum number of expected false matches for a point (the rule of 30; Doddington et al., 2000).
    ///
    /// Rates with fewer are left out.
    ///
    /// Comparisons that share people are not independent, so this is a minimum. A card must also state the number of
    /// pairs of people, ``peoplePairs``, which limits the supported rates further.
    public static let fewestFalseMatches = 30.0

    /// The points, by decreasing false match rate.
    public let points: [Point]
    /// The number of people.
    public let people: Int
    /// The number of compared pictures.
    public let pictures: Int
    /// The number of comparisons between pictures of two people.
    public let impostorPairs: Int
    /// The number of pairs of two different people.
    public let peoplePairs: Int
    /// The number of comparisons between two pictures of one person.
    public let matedPairs: Int

    /// Compares all pictures with all others.
    ///
    /// Each similarity is computed twice and never stored, in O(n²) time and O(n) memory.
    ///
    /// - Parameters:
    ///   - embeddings: Vectors of unit length, one after the other.
    ///   - dimension: The number of values of a vector.
    ///   - labels: The person of each.
    ///   - rates: The false match rates, in any order.
    ///   - workers: The number of processors to use; all of them if `nil`.
    /// - Throws: ``EvaluationError`` if a vector does not have unit length, a rate is invalid, or there is no mated or
    ///   no impostor pair; `CancellationError` if the task is canceled.
    public init(
        embeddings: [Float], dimension: Int, labels: [some Hashable & Sendable], rates: [Double] = usualRates,
        workers: Int? = nil
    ) async throws {
        for rate in rates where !(rate > 0 && rate < 1) { throw EvaluationError.invalidRate(rate) }
        let labelled = try LabelledEmbeddings(embeddings, dimension: dimension, labels: labels)
        let impostorPairs = labelled.impostorPairs, matedPairs = labelled.matedPairs
        guard impostorPairs > 0 else { throw EvaluationError.noImpostorPairs }
        guard matedPairs > 0 else { throw EvaluationError.noMatedPairs }
        let supported = Set(rates).filter { $0 * Double(impostorPairs) >= Self.fewestFalseMatches }.sorted(by: >)
        points = try await Self.points(labelled, rates: supported, workers: workers)
        people = labelled.people
        pictures = labelled.count
        self.impostorPairs = impostorPairs
        peoplePairs = labelled.people * (labelled.people - 1) / 2
        self.matedPairs = matedPairs
    }

    /// Returns the exact thresholds at all of `rates`.
    ///
    /// At each rate, at least one impostor pair must not match; mated pairs are not required.
    static func points(
        _ labelled: LabelledEmbeddings, rates: [Double], workers: Int?
    ) async throws -> [Point] {
        let pairs = AllAgainstAll(embeddings: labelled)
        let coarse = try await pairs.collect(into: CoarseCounts(), workers: workers)
        let impostorPairs = labelled.impostorPairs, matedPairs = labelled.matedPairs
        let ranks = rates.map { allowed(rate: $0, of: impostorPairs) }
        let bins = ranks.compactMap {
            SimilarityCounts.place(rank: $0, mated: coarse.mated, impostors: coarse.impostors)
        }
        let fine = try await pairs.collect(into: FineCounts(bins: Set(bins.map(\.bin))), workers: workers)
        return zip(zip(rates, ranks), bins).compactMap { asked, upper in
            guard let lower = fine.place(rank: asked.1 - upper.impostorsAbove, in: upper.bin) else { return nil }
            let key = UInt32(upper.bin) << 16 | UInt32(lower.bin)
            let falseNonMatches = matedPairs - upper.matedAbove - lower.matedAbove
            return Point(
                falseMatchRate: asked.0, threshold: SimilarityCounts.similarity(key).nextUp,
                falseMatches: upper.impostorsAbove + lower.impostorsAbove,
                falseNonMatchRate: Double(falseNonMatches) / Double(max(matedPairs, 1)),
                falseNonMatches: falseNonMatches)
        }
    }

    /// Returns the greatest number of matches, of `count` comparisons, whose share is at most `rate`.
    private static func allowed(rate: Double, of count: Int) -> Int {
        var most = Int(rate * Double(count)) + 1
        while Double(most) / Double(count) > rate { most -= 1 }
        return most
    }
}
