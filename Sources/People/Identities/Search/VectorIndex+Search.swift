import CVectorSearch
import Dispatch
import Foundation
import Synchronization

extension VectorIndex {
    /// The default number of threads: the number of processors available to this process.
    public static var defaultThreads: Int { ProcessInfo.processInfo.activeProcessorCount }

    /// The number of rows below which the search runs on the caller's thread, because waking another takes longer.
    private static let rowsWorthAThread = 16_384

    /// Returns the nearest groups of each query, nearest first, each by its nearest vector; equal similarities by lower
    /// id.
    ///
    /// Queries given together share passes over memory.
    ///
    /// - Parameters:
    ///   - queries: Unit vectors of ``dimension`` values.
    ///   - limit: The number of groups per query; fewer are returned if there are fewer.
    ///   - scan: The kind of values that is read; the result is the same.
    ///   - threads: The maximum number of threads.
    /// - Throws: ``GalleryError/invalidVector(_:)`` if a query is invalid.
    public func nearest(
        to queries: [[Float]], groups limit: Int, scan: VectorScan = .int8, threads: Int = VectorIndex.defaultThreads
    ) throws -> [[VectorMatch]] {
        for query in queries {
            guard query.count == dimension, query.withUnsafeBufferPointer(Self.isUnit) else {
                throw GalleryError.invalidVector("a probe is not a unit vector of \(dimension) numbers")
            }
        }
        guard count > 0, limit > 0 else { return queries.map { _ in [] } }
        let batches = Swift.stride(from: 0, to: queries.count, by: QueryBatch.capacity).map { first in
            QueryBatch(
                queries[first..<min(first + QueryBatch.capacity, queries.count)], stride: stride, scan: scan,
                quantization)
        }
        let workers = self.scan(batches, queries: queries.count, limit: limit, threads: threads)
        return queries.indices.map { decide($0, queries[$0], workers, limit: limit) }
    }

    private func scan(_ batches: [QueryBatch], queries: Int, limit: Int, threads: Int) -> [ScanWorker] {
        let useful = max(1, min(threads, count * max(1, queries) / Self.rowsWorthAThread))
        let work = SharedScan(
            index: self, batches: batches,
            workers: (0..<useful).map { _ in ScanWorker(queries: queries, limit: limit) })
        if useful == 1 {
            work.run(0)
        } else {
            DispatchQueue.concurrentPerform(iterations: useful) { work.run($0) }
        }
        return work.workers
    }

    /// Recomputes the exact similarities of the rows kept by the threads, and sorts them.
    private func decide(_ place: Int, _ query: [Float], _ workers: [ScanWorker], limit: Int) -> [VectorMatch] {
        var cutoff = GroupCutoff(limit: limit)
        for worker in workers { cutoff.merge(worker.cutoffs[place]) }
        var best: [Int64: (similarity: Double, id: Int64)] = [:]
        for worker in workers {
            for survivor in worker.survivors[place] where cutoff.admits(groups[survivor.row], upper: survivor.upper) {
                let segment = segments[survivor.row / VectorSegment.rows]
                let row = survivor.row % VectorSegment.rows
                let similarity = cvs_exact_product(
                    segment.block(of: row), row % VectorSegment.blockRows, dimension, query)
                let id = ids[survivor.row], group = groups[survivor.row]
                if let known = best[group], (known.similarity, id) > (similarity, known.id) { continue }
                best[group] = (similarity, id)
            }
        }
        let ordered = best.sorted { ($1.value.similarity, $0.value.id) < ($0.value.similarity, $1.value.id) }
        return ordered.prefix(limit).map { group, match in
            VectorMatch(id: match.id, group: group, similarity: Float(max(-1, min(1, match.similarity))))
        }
    }
}

/// A search by several threads, each of which takes the next unprocessed rows.
///
/// Unchecked, because the threads only read the index, and each writes only to its own worker.
private final class SharedScan: @unchecked Sendable {
    let workers: [ScanWorker]
    private let index: VectorIndex
    private let batches: [QueryBatch]
    private let chunks: Int
    private let next = Atomic(0)

    init(index: VectorIndex, batches: [QueryBatch], workers: [ScanWorker]) {
        self.index = index
        self.batches = batches
        self.workers = workers
        chunks = (index.count + ScanWorker.rows - 1) / ScanWorker.rows
    }

    func run(_ worker: Int) {
        while true {
            let chunk = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard chunk < chunks else { return }
            workers[worker].scan(chunk: chunk, of: index, batches)
        }
    }
}
