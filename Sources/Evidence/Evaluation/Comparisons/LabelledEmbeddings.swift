/// Embeddings with their people, laid out for block products.
struct LabelledEmbeddings: Sendable {
    /// The number of embeddings.
    let count: Int
    /// The number of values of each.
    let dimension: Int
    /// The number of people.
    let people: Int
    /// The embeddings one after the other, ordered by person; the last block is padded with zeros.
    let rows: [Float]
    /// The same embeddings, interleaved by eight: the first value of each, then the second of each, and so on.
    let panels: [SIMD8<Float>]
    /// For each place, the index of the given embedding.
    let order: [Int]
    /// For each embedding, the place after the last one of its person.
    let personEnds: [Int]

    /// Lays out embeddings.
    ///
    /// - Throws: ``EvaluationError/invalidEmbedding(row:)`` if an embedding does not have unit length.
    init(_ embeddings: [Float], dimension: Int, labels: [some Hashable]) throws(EvaluationError) {
        precondition(dimension > 0 && embeddings.count == labels.count * dimension, "each embedding needs a label")
        count = labels.count
        self.dimension = dimension
        var members: [[Int]] = [], numbers: [AnyHashable: Int] = [:]
        for (row, label) in labels.enumerated() {
            try Self.check(embeddings, row: row, dimension: dimension)
            if let number = numbers[label] {
                members[number].append(row)
            } else {
                numbers[label] = members.count
                members.append([row])
            }
        }
        people = members.count
        let order = members.flatMap { $0 }
        self.order = order
        var ends: [Int] = []
        for group in members { ends += Array(repeating: ends.count + group.count, count: group.count) }
        personEnds = ends
        rows = Self.padded(embeddings, order: order, dimension: dimension)
        panels = Self.panels(rows, count: count, dimension: dimension)
    }

    /// The number of comparisons between two pictures of one person.
    var matedPairs: Int { personEnds.enumerated().reduce(0) { $0 + $1.element - $1.offset - 1 } }

    /// The number of comparisons between pictures of two people.
    var impostorPairs: Int { count * (count - 1) / 2 - matedPairs }

    static func check(_ embeddings: [Float], row: Int, dimension: Int) throws(EvaluationError) {
        var squares = 0.0
        for index in row * dimension..<(row + 1) * dimension {
            squares += Double(embeddings[index]) * Double(embeddings[index])
        }
        guard abs(squares - 1) < 1e-3 else { throw .invalidEmbedding(row: row) }
    }

    /// Returns rows in a given order, padded with zeros to a whole block.
    static func padded(_ embeddings: [Float], order: some Collection<Int>, dimension: Int) -> [Float] {
        let atOnce = SimilarityTile.rowsAtOnce, padded = (order.count + atOnce - 1) / atOnce * atOnce
        var rows: [Float] = []
        rows.reserveCapacity(padded * dimension)
        for row in order { rows += embeddings[row * dimension..<(row + 1) * dimension] }
        rows += Array(repeating: 0, count: (padded - order.count) * dimension)
        return rows
    }

    private static func panels(_ rows: [Float], count: Int, dimension: Int) -> [SIMD8<Float>] {
        let lanes = SimilarityTile.lanes
        var panels = Array(repeating: SIMD8<Float>(), count: (count + lanes - 1) / lanes * dimension)
        for row in 0..<count {
            for index in 0..<dimension {
                panels[row / lanes * dimension + index][row % lanes] = rows[row * dimension + index]
            }
        }
        return panels
    }
}
