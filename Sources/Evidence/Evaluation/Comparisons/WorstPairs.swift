/// The worst decisions of a system, for inspection, because a wrong label looks like a wrong decision.
public struct WorstPairs: Hashable, Sendable {
    /// Two pictures with their similarity.
    public struct Pair: Hashable, Sendable {
        /// The first picture's index in the input.
        public let first: Int
        /// The second picture's index.
        public let second: Int
        /// The similarity.
        public let similarity: Float
    }

    /// The most similar pictures of two different people, in decreasing order; one pair for any two people.
    public let falseMatches: [Pair]
    /// The least similar pictures of one person, in increasing order; one pair per person.
    public let falseNonMatches: [Pair]

    /// Compares all pictures with all others.
    ///
    /// - Parameters:
    ///   - embeddings: Vectors of unit length, one after the other.
    ///   - dimension: The number of values of a vector.
    ///   - labels: The person of each.
    ///   - count: The maximum number of pairs of each kind.
    ///   - workers: The number of processors to use; all of them if `nil`.
    /// - Throws: ``EvaluationError/invalidEmbedding(row:)``; `CancellationError` if the task is canceled.
    public init(
        embeddings: [Float], dimension: Int, labels: [some Hashable & Sendable], atMost count: Int = 12,
        workers: Int? = nil
    ) async throws {
        let labelled = try LabelledEmbeddings(embeddings, dimension: dimension, labels: labels)
        let empty = Extremes(personEnds: labelled.personEnds, count: count)
        let found = try await AllAgainstAll(embeddings: labelled).collect(into: empty, workers: workers)
        func pairs(_ entries: [Extremes.Entry]) -> [Pair] {
            entries.map { entry in
                let places = [labelled.order[entry.row], labelled.order[entry.column]].sorted()
                return Pair(first: places[0], second: places[1], similarity: entry.similarity)
            }
        }
        falseMatches = pairs(found.highest)
        falseNonMatches = pairs(found.lowest)
    }

    /// Returns the indices of the worst of `comparisons` with a similarity: impostor ones from the most similar
    /// downwards, mated ones from the least similar upwards.
    public static func places(
        in comparisons: [Comparison], atMost count: Int = 12
    ) -> (falseMatches: [Int], falseNonMatches: [Int]) {
        let known = comparisons.indices.compactMap { index in comparisons[index].similarity.map { (index, $0) } }
        let impostors = known.filter { !comparisons[$0.0].isMated }.sorted { ($0.1, $1.0) > ($1.1, $0.0) }
        let mated = known.filter { comparisons[$0.0].isMated }.sorted { $0.1 < $1.1 }
        return (impostors.prefix(count).map(\.0), mated.prefix(count).map(\.0))
    }
}

/// Keeps the highest impostor and the lowest mated similarities, one for any two people.
private struct Extremes: SimilaritySink {
    struct Entry {
        let row: Int
        let column: Int
        let similarity: Float
    }

    private let personEnds: [Int]
    private let count: Int
    /// The impostor comparisons, in decreasing order.
    private(set) var highest: [Entry] = []
    /// The mated comparisons, in increasing order.
    private(set) var lowest: [Entry] = []

    init(personEnds: [Int], count: Int) { (self.personEnds, self.count) = (personEnds, count) }

    mutating func add(_ similarities: UnsafeBufferPointer<Float>, mated: Bool, at place: (row: Int, column: Int)) {
        var edge = edge(mated: mated)
        for (offset, similarity) in similarities.enumerated() where mated ? similarity < edge : similarity > edge {
            keep(Entry(row: place.row, column: place.column + offset, similarity: similarity), mated: mated)
            edge = self.edge(mated: mated)
        }
    }

    mutating func merge(_ other: Extremes) {
        for entry in other.highest { keep(entry, mated: false) }
        for entry in other.lowest { keep(entry, mated: true) }
    }

    /// Returns the similarity that a comparison must exceed (or stay below) to be kept.
    private func edge(mated: Bool) -> Float {
        let entries = mated ? lowest : highest
        guard let last = entries.last, entries.count == count else { return mated ? .infinity : -.infinity }
        return last.similarity
    }

    private mutating func keep(_ entry: Entry, mated: Bool) {
        if mated { insert(entry, into: &lowest, before: <) } else { insert(entry, into: &highest, before: >) }
    }

    private func insert(_ entry: Entry, into entries: inout [Entry], before: (Float, Float) -> Bool) {
        let people = (personEnds[entry.row], personEnds[entry.column])
        if let known = entries.firstIndex(where: { (personEnds[$0.row], personEnds[$0.column]) == people }) {
            guard before(entry.similarity, entries[known].similarity) else { return }
            entries.remove(at: known)
        }
        let place = entries.firstIndex { before(entry.similarity, $0.similarity) } ?? entries.count
        entries.insert(entry, at: place)
        if entries.count > count { entries.removeLast() }
    }
}
