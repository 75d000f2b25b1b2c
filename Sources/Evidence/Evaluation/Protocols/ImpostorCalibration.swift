/// Thresholds by false match rate, from comparing every picture of a set of people with every other.
///
/// Each threshold is exact: an order statistic of all impostor similarities, none sampled and none binned.
public struct ImpostorCalibration: Codable, Hashable, Sendable {
    /// The threshold at one false match rate.
    public struct Point: Codable, Hashable, Sendable {
        /// The rate that was asked for.
        public let falseMatchRate: Double
        /// The smallest similarity from which at most this share of impostor comparisons matches.
        public let threshold: Float
        /// How many impostor comparisons are at or above it.
        public let falseMatches: Int
        /// Share of mated comparisons below it.
        public let falseNonMatchRate: Double
        /// How many mated comparisons are below it.
        public let falseNonMatches: Int
    }

    /// The false match rates that are calibrated unless others are asked for.
    public static let usualRates = [1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6]

    /// The fewest expected false matches that a point rests on (the rule of 30; Doddington et al., 2000): rates at
    /// which fewer are expected are left out. Comparisons that share people are not independent, so that this is the
    /// least; what the pairs of people support, ``peoplePairs``, is for a card to say.
    public static let fewestFalseMatches = 30.0

    /// By falling false match rate.
    public let points: [Point]
    /// How many people.
    public let people: Int
    /// How many pictures of them were compared.
    public let pictures: Int
    /// How many comparisons of two people's pictures.
    public let impostorPairs: Int
    /// How many pairs of two different people.
    public let peoplePairs: Int
    /// How many comparisons of two pictures of one person.
    public let matedPairs: Int

    /// Compares all with all: each similarity is computed twice and kept never, in O(n²) time and O(n) memory.
    ///
    /// - Parameters:
    ///   - embeddings: Vectors of unit length, one after the other.
    ///   - dimension: How many numbers a vector has.
    ///   - labels: Whose each is.
    ///   - rates: The false match rates to calibrate, in any order.
    ///   - workers: How many processors to use; all of them if `nil`.
    /// - Throws: ``EvaluationError`` if a vector is not of unit length, a rate is no rate, or there is no mated or no
    ///   impostor pair; `CancellationError` if the task is canceled.
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

    /// Returns the exact thresholds of all of `rates`, each of which must leave some impostor pair unmatched; there may
    /// be no mated pair.
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

    /// Returns how many of `count` may match: the most whose share is at most `rate`.
    private static func allowed(rate: Double, of count: Int) -> Int {
        var most = Int(rate * Double(count)) + 1
        while Double(most) / Double(count) > rate { most -= 1 }
        return most
    }
}
