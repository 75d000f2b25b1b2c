import ArgumentParser
import CMemoryStream
import Dispatch

/// All measurements, made one after the other in each round.
struct Measurements {
    private(set) var rounds = 0
    private let gallery: SyntheticGallery
    private let stream: Stream
    private let people: Int
    private let batch: Int
    private var streams: [Int: Measurement]
    private var floats: [Int: Measurement]
    private var int8s: [Int: Measurement]
    private var floatBatch: Measurement
    private var int8Batch: Measurement

    init(_ gallery: SyntheticGallery, rows: Int, dimension: Int, people: Int, batch: Int) throws {
        let float = rows * dimension * 4, int8 = rows * dimension
        self.gallery = gallery
        self.people = people
        self.batch = batch
        stream = try Stream(bytes: float / 512 * 512)
        streams = [1: Measurement(bytes: stream.bytes), 2: Measurement(bytes: stream.bytes)]
        floats = [1: Measurement(bytes: float), 2: Measurement(bytes: float)]
        int8s = [1: Measurement(bytes: int8), 2: Measurement(bytes: int8)]
        floatBatch = Measurement(bytes: float, queries: batch)
        int8Batch = Measurement(bytes: int8, queries: batch)
    }

    /// Runs a round, and returns its milliseconds by task.
    mutating func next() throws -> [String: Double] {
        let first = rounds % (gallery.probes.count - batch)
        let probe = [gallery.probes[first]], probes = Array(gallery.probes[first..<first + batch])
        for threads in 1...2 {
            streams[threads]?.run { stream.read(threads: threads) }
            try floats[threads]?.run { try gallery.search(probe, people, .float, threads) }
            try int8s[threads]?.run { try gallery.search(probe, people, .int8, threads) }
        }
        try floatBatch.run { try gallery.search(probes, people, .float, 2) }
        try int8Batch.run { try gallery.search(probes, people, .int8, 2) }
        rounds += 1
        return latest
    }

    private var latest: [String: Double] {
        var milliseconds = ["float batch": floatBatch.latest, "int8 batch": int8Batch.latest]
        for threads in 1...2 {
            milliseconds["stream \(threads)"] = streams[threads]?.latest
            milliseconds["float \(threads)"] = floats[threads]?.latest
            milliseconds["int8 \(threads)"] = int8s[threads]?.latest
        }
        return milliseconds
    }

    var times: SearchTimes {
        SearchTimes(streams: streams, floats: floats, int8s: int8s, floatBatch: floatBatch, int8Batch: int8Batch)
    }
}

/// Memory that several threads only read.
private struct Stream: @unchecked Sendable {
    let bytes: Int
    private let memory: UnsafeRawPointer

    /// Allocates memory that is kept until the process ends.
    init(bytes: Int) throws {
        guard let memory = cms_allocate(bytes) else { throw ValidationError("no memory for \(bytes) bytes") }
        self.memory = UnsafeRawPointer(memory)
        self.bytes = bytes
    }

    func read(threads: Int) {
        let part = bytes / threads / 256 * 256
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            withExtendedLifetime(cms_read(memory + thread * part, part)) {}
        }
    }
}
