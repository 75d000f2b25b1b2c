import ArgumentParser
import BenchmarkSupport
import Foundation
import Inference
import Networks
import Tensors

import class Tensors.Tensor

/// Times the baseline networks of two papers (Karamizadeh et al., 2025; DS-AEAN, 2025), exported with random weights,
/// in turns, and prints JSON.
@main
struct BackbonesBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backbones-benchmark",
        abstract: "Time the embedding of one aligned face by each baseline network of the papers, and show the sizes.",
        discussion: """
            'relative' is the median over the rounds of a network's time divided by the first network's in the same \
            round. 'peakMiB' is the peak memory of the process, including the training engine that writes the \
            networks; it describes one network only if no other network is timed.
            """)

    @Option(help: "A network; may be repeated. (default: all)") var network: [BackboneKind] = []
    @OptionGroup var options: ContestOptions

    func run() throws {
        try options.hold { contest in
            let face = Inference.Tensor(
                shape: Self.shape, values: Tensor.uniform(-1..<1, shape: Self.shape, seed: 1).floats)
            for kind in network.isEmpty ? BackboneKind.allCases : network {
                let (data, values) = try exported(kind)
                try contest.add(kind.rawValue, file: data, values: values, inputs: [face])
            }
        }
    }

    private static let shape = [1, 3, BackboneKind.side, BackboneKind.side]

    /// Returns the network as an ONNX file, and its number of values.
    private func exported(_ kind: BackboneKind) throws -> (Data, Int) {
        let store = ParameterStore(seed: 1)
        let network = try kind.make(store.root)
        let graph = ONNXGraph(inputs: [("input", Self.shape)], outputs: ["embedding"], parameters: store) {
            [network($0[0], training: false)]
        }
        return (graph.serialized(name: kind.rawValue), store.count)
    }
}

extension BackboneKind: @retroactive ExpressibleByArgument {}
