import ArgumentParser
import CMemoryStream
import Dispatch
import Foundation
import Identities

/// Times exact search beside a plain reading of memory, all in turn in every round, and prints JSON.
@main
struct SearchBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search-benchmark",
        abstract: "Exact search among made-up templates, beside a plain reading of as much memory.")

    @Option(help: "Templates.") var rows = 1_000_000
    @Option(help: "Numbers per template.") var dimension = 128
    @Option(help: "Templates per person.") var templates = 10
    @Option(help: "People that a query asks for.") var people = 2
    @Option(help: "Rounds; medians are reported.") var rounds = 15
    @Option(help: "Queries in a batch.") var batch = 32
    @Option(help: "The instruction set; the best by default.") var kernel: String = VectorKernel.best.rawValue
    @Option(help: "Queries with which float and int8 results are compared.") var agreement = 500
    @Option(help: "Also write the float templates, row by row, to this file.") var dump: String?

    func run() throws {
        guard let chosen = VectorKernel(rawValue: kernel), VectorKernel.supported.contains(chosen) else {
            throw ValidationError(
                "this processor runs \(VectorKernel.supported.map(\.rawValue).joined(separator: ", "))")
        }
        let gallery = try SyntheticGallery(
            rows: rows, templates: templates, dimension: dimension, kernel: chosen,
            probes: max(agreement, batch + rounds))
        if let dump { try gallery.write(to: URL(filePath: dump)) }
        let report = Report(
            rows: rows, dimension: dimension, people: gallery.people, kernel: chosen.rawValue, rounds: rounds,
            fillSeconds: gallery.fillSeconds, times: try times(gallery), agreement: try gallery.agreement(agreement))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        print(String(decoding: try encoder.encode(report), as: UTF8.self))
    }

    private func times(_ gallery: SyntheticGallery) throws -> Times {
        let floatBytes = rows * dimension * 4, int8Bytes = rows * dimension
        let size = floatBytes / 512 * 512
        guard let memory = cms_allocate(size) else { throw ValidationError("no memory for \(size) bytes") }
        let stream = UncheckedMemory(pointer: UnsafeRawPointer(memory))
        var streams = [1: Measurement(bytes: size), 2: Measurement(bytes: size)]
        var floats = [1: Measurement(bytes: floatBytes), 2: Measurement(bytes: floatBytes)]
        var int8s = [1: Measurement(bytes: int8Bytes), 2: Measurement(bytes: int8Bytes)]
        var floatBatch = Measurement(bytes: floatBytes, queries: batch)
        var int8Batch = Measurement(bytes: int8Bytes, queries: batch)
        for round in 0..<rounds {
            let probe = [gallery.probes[round]], probes = Array(gallery.probes[round..<round + batch])
            for threads in 1...2 {
                streams[threads]?.run { stream.read(size, threads: threads) }
                try floats[threads]?.run { try gallery.search(probe, people, .float, threads) }
                try int8s[threads]?.run { try gallery.search(probe, people, .int8, threads) }
            }
            try floatBatch.run { try gallery.search(probes, people, .float, 2) }
            try int8Batch.run { try gallery.search(probes, people, .int8, 2) }
        }
        return Times(streams: streams, floats: floats, int8s: int8s, floatBatch: floatBatch, int8Batch: int8Batch)
    }
}

/// Memory that several threads only read.
private struct UncheckedMemory: @unchecked Sendable {
    let pointer: UnsafeRawPointer

    func read(_ bytes: Int, threads: Int) {
        let part = bytes / threads / 256 * 256
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            withExtendedLifetime(cms_read(pointer + thread * part, part)) {}
        }
    }
}
