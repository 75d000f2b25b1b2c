import Foundation

/// A consumer of the similarities of all pairs of embeddings.
protocol SimilaritySink: Sendable {
    /// Takes similarities of comparisons of one kind: of the embedding at a place with those from another place on.
    mutating func add(_ similarities: UnsafeBufferPointer<Float>, mated: Bool, at place: (row: Int, column: Int))
    /// Adds everything that another sink has taken.
    mutating func merge(_ other: Self)
}

/// Compares each embedding with each later one, once.
///
/// A similarity is the sum of products in the order of the values, in single precision, clamped to −1...1. It is
/// identical to that of `Embedding.similarity(to:)`, whatever the blocks and the number of workers.
struct AllAgainstAll {
    /// The number of embeddings that one work item compares with the later ones: 32 KiB at 128 values, the size of the
    /// first-level cache.
    private static let blockRows = 64
    /// The number of panels that are compared before their similarities are passed to the sink.
    private static let tilePanels = 32

    let embeddings: LabelledEmbeddings

    /// Passes every similarity to a copy of `empty`, and returns the merged copies.
    ///
    /// - Parameters:
    ///   - empty: An empty sink.
    ///   - workers: The number of work items that run at a time; the number of processors if `nil`.
    /// - Throws: `CancellationError` if the task is canceled.
    func collect<Sink: SimilaritySink>(into empty: Sink, workers: Int? = nil) async throws -> Sink {
        let blocks = (embeddings.count + Self.blockRows - 1) / Self.blockRows
        let next = NextBlock()
        let result = await withTaskGroup(of: Sink.self) { group in
            for _ in 0..<max(1, min(workers ?? ProcessInfo.processInfo.activeProcessorCount, blocks)) {
                group.addTask {
                    var sink = empty
                    while let block = next.claim(of: blocks), !Task.isCancelled { compare(block: block, into: &sink) }
                    return sink
                }
            }
            return await group.reduce(into: empty) { $0.merge($1) }
        }
        try Task.checkCancellation()
        return result
    }

    /// Compares the embeddings of a block with all later ones.
    private func compare(block: Int, into sink: inout some SimilaritySink) {
        let rows = block * Self.blockRows..<min((block + 1) * Self.blockRows, embeddings.count)
        let panelCount = (embeddings.count + SimilarityTile.lanes - 1) / SimilarityTile.lanes
        withUnsafeTemporaryAllocation(
            of: Float.self, capacity: Self.blockRows * Self.tilePanels * SimilarityTile.lanes
        ) { tile in
            guard let base = tile.baseAddress else { return }
            let firstPanel = rows.lowerBound / SimilarityTile.lanes
            for start in stride(from: firstPanel, to: panelCount, by: Self.tilePanels) {
                let panels = start..<min(start + Self.tilePanels, panelCount)
                SimilarityTile.fill(
                    base, width: Self.tilePanels * SimilarityTile.lanes, rows: rows, of: embeddings.rows,
                    panels: panels, of: embeddings.panels, dimension: embeddings.dimension)
                for row in rows { handOn(tile, row: row, rows: rows, panels: panels, into: &sink) }
            }
        }
    }

    /// Passes the later embeddings in a row of the tile to the sink: first those of the same person, then the others.
    private func handOn(
        _ tile: UnsafeMutableBufferPointer<Float>, row: Int, rows: Range<Int>, panels: Range<Int>,
        into sink: inout some SimilaritySink
    ) {
        let first = panels.lowerBound * SimilarityTile.lanes
        let end = min(panels.upperBound * SimilarityTile.lanes, embeddings.count)
        let personEnd = embeddings.personEnds[row]
        let place = (row - rows.lowerBound) * Self.tilePanels * SimilarityTile.lanes - first
        func handOn(_ columns: Range<Int>, mated: Bool) {
            var values = tile[place + columns.lowerBound..<place + columns.upperBound]
            for index in values.indices { values[index] = min(max(values[index], -1), 1) }
            sink.add(UnsafeBufferPointer(rebasing: values), mated: mated, at: (row, columns.lowerBound))
        }
        let mated = max(first, row + 1)..<max(min(end, personEnd), max(first, row + 1))
        let impostors = max(first, personEnd)..<max(end, max(first, personEnd))
        if !mated.isEmpty { handOn(mated, mated: true) }
        if !impostors.isEmpty { handOn(impostors, mated: false) }
    }
}
