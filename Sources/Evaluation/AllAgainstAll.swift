import Foundation
import Synchronization

/// What becomes of the similarities of all pairs of embeddings.
protocol SimilaritySink: Sendable {
    /// Takes some similarities of comparisons of one kind.
    mutating func add(_ similarities: UnsafeBufferPointer<Float>, mated: Bool)
    /// Takes what another sink has taken.
    mutating func merge(_ other: Self)
}

/// Compares each embedding with each later one, once.
///
/// A similarity is the sum of products in the order of the numbers, in single precision, clamped to −1...1: bit for bit
/// what `Embedding.similarity(to:)` gives, whatever the blocks and the number of workers.
struct AllAgainstAll {
    /// Embeddings that one piece of work compares with the later ones: 32 KiB at 128 numbers, the first-level cache.
    private static let blockRows = 64
    /// Panels that are compared before the similarities are handed on.
    private static let tilePanels = 32

    let embeddings: LabelledEmbeddings

    /// Hands every similarity to a copy of `empty`, and gives back what the copies took together.
    ///
    /// - Parameter workers: How many pieces of work run at a time; as many as there are processors if `nil`.
    /// - Throws: `CancellationError` where the task is cancelled.
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
        let panelCount = (embeddings.count + LabelledEmbeddings.lanes - 1) / LabelledEmbeddings.lanes
        withUnsafeTemporaryAllocation(
            of: Float.self, capacity: Self.blockRows * Self.tilePanels * LabelledEmbeddings.lanes
        ) { tile in
            let firstPanel = rows.lowerBound / LabelledEmbeddings.lanes
            for start in stride(from: firstPanel, to: panelCount, by: Self.tilePanels) {
                let panels = start..<min(start + Self.tilePanels, panelCount)
                fill(tile, rows: rows, panels: panels)
                for row in rows { handOn(tile, row: row, rows: rows, panels: panels, into: &sink) }
            }
        }
    }

    /// Writes the similarities of `rows` with the embeddings of `panels`, one row of the tile for each row.
    private func fill(_ tile: UnsafeMutableBufferPointer<Float>, rows: Range<Int>, panels: Range<Int>) {
        let dimension = embeddings.dimension, width = Self.tilePanels * LabelledEmbeddings.lanes
        guard let tile = tile.baseAddress else { return }
        embeddings.rows.withUnsafeBufferPointer { values in
            embeddings.panels.withUnsafeBufferPointer { columns in
                for panel in panels {
                    let columns = UnsafeBufferPointer(rebasing: columns[panel * dimension..<(panel + 1) * dimension])
                    for row in stride(from: rows.lowerBound, to: rows.upperBound, by: LabelledEmbeddings.rowsAtOnce) {
                        let end = (row + LabelledEmbeddings.rowsAtOnce) * dimension
                        let place =
                            (row - rows.lowerBound) * width + (panel - panels.lowerBound) * LabelledEmbeddings.lanes
                        Self.multiply(
                            UnsafeBufferPointer(rebasing: values[row * dimension..<end]), columns, into: tile + place,
                            width: width)
                    }
                }
            }
        }
    }

    /// Four rows times eight columns: 32 sums that stay in registers.
    @inline(__always)
    private static func multiply(
        _ rows: UnsafeBufferPointer<Float>, _ columns: UnsafeBufferPointer<SIMD8<Float>>,
        into tile: UnsafeMutablePointer<Float>, width: Int
    ) {
        let dimension = columns.count
        var first = SIMD8<Float>(), second = first, third = first, fourth = first
        for index in 0..<dimension {
            let column = columns[index]
            first += rows[index] * column
            second += rows[dimension + index] * column
            third += rows[2 * dimension + index] * column
            fourth += rows[3 * dimension + index] * column
        }
        store(first, at: tile)
        store(second, at: tile + width)
        store(third, at: tile + 2 * width)
        store(fourth, at: tile + 3 * width)
    }

    @inline(__always)
    private static func store(_ sums: SIMD8<Float>, at place: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(place).storeBytes(of: sums, as: SIMD8<Float>.self)
    }

    /// Gives the sink what a row of the tile holds of later embeddings: first its person's own, then the others'.
    private func handOn(
        _ tile: UnsafeMutableBufferPointer<Float>, row: Int, rows: Range<Int>, panels: Range<Int>,
        into sink: inout some SimilaritySink
    ) {
        let first = panels.lowerBound * LabelledEmbeddings.lanes
        let end = min(panels.upperBound * LabelledEmbeddings.lanes, embeddings.count)
        let personEnd = embeddings.personEnds[row]
        let place = (row - rows.lowerBound) * Self.tilePanels * LabelledEmbeddings.lanes - first
        func handOn(_ columns: Range<Int>, mated: Bool) {
            var values = tile[place + columns.lowerBound..<place + columns.upperBound]
            for index in values.indices { values[index] = min(max(values[index], -1), 1) }
            sink.add(UnsafeBufferPointer(rebasing: values), mated: mated)
        }
        let mated = max(first, row + 1)..<max(min(end, personEnd), max(first, row + 1))
        let impostors = max(first, personEnd)..<max(end, max(first, personEnd))
        if !mated.isEmpty { handOn(mated, mated: true) }
        if !impostors.isEmpty { handOn(impostors, mated: false) }
    }
}

/// Gives out the numbers of blocks, each once.
private final class NextBlock: Sendable {
    private let next = Atomic(0)

    func claim(of count: Int) -> Int? {
        let block = next.wrappingAdd(1, ordering: .relaxed).oldValue
        return block < count ? block : nil
    }
}
