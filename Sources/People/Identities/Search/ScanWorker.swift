import CVectorSearch

/// The result of one thread of a search.
final class ScanWorker {
    /// A row that may belong to one of the nearest groups.
    struct Survivor {
        let row: Int
        /// The upper bound of its similarity.
        let upper: Float
    }

    /// The number of rows scored at once: their scores for eight queries fit into the first-level cache.
    static let rows = 1024

    private(set) var cutoffs: [GroupCutoff]
    private(set) var survivors: [[Survivor]]
    private let scores: UnsafeMutablePointer<Float>
    private let selected: UnsafeMutablePointer<UInt32>

    init(queries: Int, limit: Int) {
        cutoffs = Array(repeating: GroupCutoff(limit: limit), count: queries)
        survivors = Array(repeating: [], count: queries)
        let floats = UnsafeMutableRawPointer.allocate(
            byteCount: Self.rows * QueryBatch.capacity * MemoryLayout<Float>.stride, alignment: 64)
        scores = floats.bindMemory(to: Float.self, capacity: Self.rows * QueryBatch.capacity)
        selected = .allocate(capacity: Self.rows)
    }

    deinit {
        scores.deallocate()
        selected.deallocate()
    }

    /// Scores the rows from `chunk * ScanWorker.rows` and keeps those that may belong to the result.
    func scan(chunk: Int, of index: VectorIndex, _ batches: [QueryBatch]) {
        let start = chunk * Self.rows
        let rows = start..<min(start + Self.rows, index.count)
        let segment = index.segments[start / VectorSegment.rows]
        let block = start % VectorSegment.rows / VectorSegment.blockRows
        let blocks = block..<block + (rows.count + VectorSegment.blockRows - 1) / VectorSegment.blockRows
        for batch in batches {
            batch.score(segment, blocks, index.kernel, into: scores, rows: Self.rows)
            for query in 0..<batch.count {
                keep(
                    scores + query * Self.rows, of: rows, losses: segment.losses + block, batch.bounds[query],
                    index.groups, index.kernel, query: batch.first + query)
            }
        }
    }

    private func keep(
        _ scores: UnsafePointer<Float>, of rows: Range<Int>, losses: UnsafePointer<Float>, _ bound: ScoreBound,
        _ groups: [Int64], _ kernel: VectorKernel, query: Int
    ) {
        let blocks = (rows.count + VectorSegment.blockRows - 1) / VectorSegment.blockRows
        // At first there is no cutoff and every row is kept, so only a few rows are processed at a time.
        let step = cutoffs[query].value == -.infinity ? 4 : blocks
        for first in Swift.stride(from: 0, to: blocks, by: step) {
            let offset = first * VectorSegment.blockRows
            let found = cvs_select(
                kernel.code, scores + offset, min(step, blocks - first), losses + first, bound.perLoss,
                cutoffs[query].value - bound.fixed, selected)
            for place in 0..<found {
                let local = offset + Int(selected[place])
                guard local < rows.count else { break }
                let group = groups[rows.lowerBound + local]
                let slack = bound.fixed + bound.perLoss * losses[local / VectorSegment.blockRows]
                let upper = scores[local] + slack
                guard cutoffs[query].admits(group, upper: upper) else { continue }
                cutoffs[query].offer(group, lower: scores[local] - slack)
                survivors[query].append(Survivor(row: rows.lowerBound + local, upper: upper))
            }
        }
    }
}
