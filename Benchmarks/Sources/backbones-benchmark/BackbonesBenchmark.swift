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

    private struct Report: Encodable {
        let threads: Int
        let peakMiB: Double
        let networks: [NetworkContest.Entry]
    }

    mutating func validate() throws {
        if rounds < 1 { throw ValidationError("--rounds is 1 or more") }
    }

    func run() throws {
        let folder = URL(filePath: dependencies)
        try TrainingEngine.open(library: folder.appending(path: "torch/lib/\(TrainingEngine.fileName)"))
        var contest = NetworkContest(
            engine: try Engine(libraryDirectory: folder.appending(path: "openvino/lib")),
            configuration: NetworkConfiguration(precision: .exactly(precision), threads: threads))
        let face = Inference.Tensor(
            shape: Self.shape, values: Tensor.uniform(-1..<1, shape: Self.shape, seed: 1).floats)
        for kind in network.isEmpty ? BackboneKind.allCases : network {
            let (data, values) = try exported(kind)
            try contest.add(kind.rawValue, file: data, values: values, inputs: [face])
        }
        let entries = try contest.run(rounds: rounds)
        try Output.report(Report(threads: threads, peakMiB: NetworkContest.peakMiB, networks: entries))
    }

    private static let shape = [1, 3, BackboneKind.side, BackboneKind.side]

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
