/// Embeddings and whose they are, laid out for products of blocks.
struct LabelledEmbeddings: Sendable {
    /// How many embeddings there are.
    let count: Int
    /// How many numbers each has.
    let dimension: Int
    /// How many people there are.
    let people: Int
    /// The embeddings one after the other, ordered by person; zeros fill up the last block.
    let rows: [Float]
    /// The same, eight embeddings at a time: the first number of each, the second of each, …
    let panels: [SIMD8<Float>]
    /// For each place, the given row that lies there.
    let order: [Int]
    /// For each embedding, the place after the last one of its person.
    let personEnds: [Int]

    /// - Throws: ``EvaluationError/invalidEmbedding(row:)`` if an embedding is not of unit length.
    init(_ embeddings: [Float], dimension: Int, labels: [some Hashable]) throws(EvaluationError) {
        precondition(dimension > 0 && embeddings.count == labels.count * dimension, "a label for each embedding")
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

    /// How many comparisons of two pictures of one person there are.
    var matedPairs: Int { personEnds.enumerated().reduce(0) { $0 + $1.element - $1.offset - 1 } }

    /// How many comparisons of two people's pictures there are.
    var impostorPairs: Int { count * (count - 1) / 2 - matedPairs }

    static func check(_ embeddings: [Float], row: Int, dimension: Int) throws(EvaluationError) {
        var squares = 0.0
        for index in row * dimension..<(row + 1) * dimension {
            squares += Double(embeddings[index]) * Double(embeddings[index])
        }
        guard abs(squares - 1) < 1e-3 else { throw .invalidEmbedding(row: row) }
    }

    /// Rows in an order, and zeros up to a whole block.
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
