import CVectorSearch
import Dispatch
import Foundation
import Synchronization

extension VectorIndex {
    /// As many threads as the machine has processors for this process.
    public static var defaultThreads: Int { ProcessInfo.processInfo.activeProcessorCount }

    /// Fewer rows than this are searched on the caller's thread: they take less time than waking another.
    private static let rowsWorthAThread = 16_384

    /// Returns the nearest groups of each query, nearest first, each by its nearest vector; equal similarities by lower
    /// id.
    ///
    /// Queries given together share their passes over memory.
    ///
    /// - Parameters:
    ///   - queries: Unit vectors of ``dimension`` numbers.
    ///   - limit: How many groups a query wants; it gets fewer where there are fewer.
    ///   - scan: Which numbers are read; the result is the same.
    ///   - threads: How many threads may work on it.
    /// - Throws: ``GalleryError/invalidVector(_:)`` if a query is not such a vector.
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

    /// Computes what the threads have kept once more, exactly, and orders it.
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

/// One search that several threads work on, each taking the next rows that nobody has taken.
///
/// Unchecked, because the threads only read the index, and each writes to its own worker.
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
