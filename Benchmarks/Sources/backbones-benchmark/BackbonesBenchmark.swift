import ArgumentParser
import BenchmarkSupport
import Foundation
import Inference
import Networks
import Tensors

import class Tensors.Tensor

/// Times the networks that papers B and C compare theirs with, exported with random weights, in turns, and prints JSON.
@main
struct BackbonesBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backbones-benchmark",
        abstract: "Embedding one aligned face by each network of papers B and C's comparisons: time and size.",
        discussion: """
            'relative' is the median, over the rounds, of a network's time beside the first one's in the same round. 'peakMiB' \
            is what the process took at most, the training engine that writes the network included: it tells of a network \
            where it is the only one.
            """)

    @Option(help: "The installation's folder of engines and models.") var dependencies = ".deps"
    @Option(help: "A network; may be repeated. (default: all)") var network: [BackboneKind] = []
    @Option(help: "f32 or bf16.") var precision = Precision.f32
    @Option(help: "Threads of the networks.") var threads = 2
    @Option(help: "How often each network is timed.") var rounds = 100

    private struct Entry: Encodable {
        let network: String
        let precision: String
        let values: Int
        let fileMiB: Double
        let milliseconds: Times
        let relative: Double
    }

    private struct Report: Encodable {
        let threads: Int
        let peakMiB: Double
        let networks: [Entry]
    }

    /// A compiled network and what is known of it.
    private struct Contestant {
        let kind: BackboneKind
        let values: Int
        let bytes: Int
        let network: Network
        var seconds: [Double] = []
    }

    mutating func validate() throws {
        if rounds < 1 { throw ValidationError("--rounds is 1 or more") }
    }

    func run() throws {
        let folder = URL(filePath: dependencies)
        try TrainingEngine.open(library: folder.appending(path: "torch/lib/\(TrainingEngine.fileName)"))
        let engine = try Engine(libraryDirectory: folder.appending(path: "openvino/lib"))
        let face = Inference.Tensor(
            shape: Self.shape, values: Tensor.uniform(-1..<1, shape: Self.shape, seed: 1).floats)
        var contestants = try (network.isEmpty ? BackboneKind.allCases : network).map { try contestant($0, engine) }
        for contestant in contestants { for _ in 0..<5 { _ = try contestant.network.run([face]) } }
        for _ in 0..<rounds {
            for index in contestants.indices {
                let network = contestants[index].network
                contestants[index].seconds.append(try stopwatch { _ = try network.run([face]) })
            }
        }
        let first = contestants[0].seconds
        try Output.report(
            Report(
                threads: threads, peakMiB: Self.peakMiB, networks: contestants.map { Self.entry($0, beside: first) }))
    }

    private static let shape = [1, 3, BackboneKind.side, BackboneKind.side]
    private static let mebibyte = 1_048_576.0

    /// What the process had in memory at most; the system counts in KiB.
    private static var peakMiB: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_maxrss) / 1024
    }

    private static func entry(_ one: Contestant, beside first: [Double]) -> Entry {
        Entry(
            network: one.kind.rawValue, precision: one.network.precision.rawValue, values: one.values,
            fileMiB: Double(one.bytes) / mebibyte,
            milliseconds: Times(seconds: one.seconds), relative: median(zip(one.seconds, first).map { $0 / $1 }))
    }

    private func contestant(
        _ kind: BackboneKind, _ engine: Engine
    ) throws -> Contestant {
        let (data, values) = try exported(kind)
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).onnx")
        try data.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let network = try Network(
            engine: engine, contentsOf: file,
            configuration: NetworkConfiguration(precision: .exactly(precision), threads: threads))
        return Contestant(kind: kind, values: values, bytes: data.count, network: network)
    }

    /// The network as an ONNX file, and how many values it has.
    private func exported(_ kind: BackboneKind) throws -> (Data, Int) {
        let store = ParameterStore(seed: 1)
        let network = try kind.make(store.root)
        let graph = ONNXGraph(inputs: [("input", Self.shape)], outputs: ["embedding"], parameters: store) {
            [network($0[0], training: false)]
        }
        return (graph.serialized(name: kind.rawValue), store.count)
    }
}

extension Precision: @retroactive ExpressibleByArgument {}
extension BackboneKind: @retroactive ExpressibleByArgument {}
