/// The comparisons that a system does worst on: to be looked at, because a wrong label looks like a wrong decision.
public struct WorstPairs: Hashable, Sendable {
    /// Two pictures and how alike they are.
    public struct Pair: Hashable, Sendable {
        /// The first picture's place in what was given.
        public let first: Int
        /// The second picture's place.
        public let second: Int
        /// How alike they are.
        public let similarity: Float
    }

    /// The most alike pictures of two people, falling; of two people one pair only.
    public let falseMatches: [Pair]
    /// The least alike pictures of one person, rising; of a person one pair only.
    public let falseNonMatches: [Pair]

    /// Compares all with all.
    ///
    /// - Parameters:
    ///   - embeddings: Vectors of unit length, one after the other.
    ///   - dimension: How many numbers a vector has.
    ///   - labels: Whose each is.
    ///   - count: How many of each kind, at most.
    ///   - workers: How many processors to use; all of them if `nil`.
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

    /// Returns the places of the worst of `comparisons` that have a similarity: impostor ones from the most alike
    /// downwards, mated ones from the least alike upwards.
    public static func places(
        in comparisons: [Comparison], atMost count: Int = 12
    ) -> (falseMatches: [Int], falseNonMatches: [Int]) {
        let known = comparisons.indices.compactMap { index in comparisons[index].similarity.map { (index, $0) } }
        let impostors = known.filter { !comparisons[$0.0].isMated }.sorted { ($0.1, $1.0) > ($1.1, $0.0) }
        let mated = known.filter { comparisons[$0.0].isMated }.sorted { $0.1 < $1.1 }
        return (impostors.prefix(count).map(\.0), mated.prefix(count).map(\.0))
    }
}

/// Keeps the highest impostor and the lowest mated similarities, one of each two people.
private struct Extremes: SimilaritySink {
    struct Entry {
        let row: Int
        let column: Int
        let similarity: Float
    }

    private let personEnds: [Int]
    private let count: Int
    /// Of impostors, falling.
    private(set) var highest: [Entry] = []
    /// Of mated comparisons, rising.
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

    /// Returns the similarity that is to be surpassed.
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
