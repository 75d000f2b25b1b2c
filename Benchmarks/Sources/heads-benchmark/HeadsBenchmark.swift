import ArgumentParser
import BenchmarkSupport
import Foundation
import Inference
import Networks
import Tensors

import class Tensors.Tensor

/// Times the heads of the comparison on one frozen FaceNet trunk, with random weights, in turns, and prints JSON.
@main
struct HeadsBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "heads-benchmark",
        abstract: "Time the heads on FaceNet's trunk for one face, from the trunk's stages to the embedding.",
        discussion: """
            'trunk' is the trunk alone; 'plain' is FaceNet's own linear map. 'relative' is the median over the rounds \
            of a time divided by the trunk's in the same round. 'values' is the number of values of a head without the \
            trunk. 'peakMiB' is the peak memory of the process, including the training engine that writes the \
            networks; it describes one head, with the trunk, only if no other head is timed.
            """)

    @Option(help: "A head; may be repeated. (default: all)") var head: [HeadKind] = []
    @OptionGroup var options: ContestOptions

    func run() throws {
        try options.hold { contest in
            try addTrunk(to: &contest)
            for kind in head.isEmpty ? HeadKind.all : head { try add(kind, to: &contest) }
        }
    }

    /// The shapes of one face's stage outputs, for feature fusion, and of its context.
    private static let stages = [[1, 256, 8, 8], [1, 256, 8, 8], [1, 896, 8, 8], [1, 1792, 3, 3]]
    private static let face = [1, 3, 160, 160]
    private static let context = [1, 12]

    private static func made(_ shape: [Int]) -> Inference.Tensor {
        Inference.Tensor(shape: shape, values: Tensor.uniform(0..<1, shape: shape, seed: 1).floats)
    }

    private func addTrunk(to contest: inout NetworkContest) throws {
        let store = ParameterStore(seed: 1)
        let network = try FaceNetwork(store.root, FaceNetworkConfiguration())
        let names = ["stem", "fine", "middle", "coarse"]
        let graph = ONNXGraph(inputs: [("input", Self.face)], outputs: names, parameters: store) {
            FeatureFusion.averaged(network.trunk($0[0], training: false).all, grid: 8)
        }
        let values = Self.values(of: store) { $0.hasPrefix("trunk.") }
        try contest.add("trunk", file: graph.serialized(name: "trunk"), values: values, inputs: [Self.made(Self.face)])
    }

    private func add(_ kind: HeadKind, to contest: inout NetworkContest) throws {
        let store = ParameterStore(seed: 1)
        let network = try FaceNetwork(store.root, kind.configuration)
        let takesContext = kind.configuration.context != nil
        let shapes = Self.stages + (takesContext ? [Self.context] : [])
        let names = ["stem", "fine", "middle", "coarse"] + (takesContext ? ["context"] : [])
        let graph = ONNXGraph(
            inputs: Array(zip(names, shapes)), outputs: ["embedding"], parameters: store
        ) {
            let stages = InceptionResNetV1.Stages(stem: $0[0], fine: $0[1], middle: $0[2], coarse: $0[3])
            return [network.embedding(of: stages, context: $0.count > 4 ? $0[4] : nil, training: false)]
        }
        let values = Self.values(of: store) { !$0.hasPrefix("trunk.") }
        try contest.add(
            kind.name, file: graph.serialized(name: kind.name), values: values, inputs: shapes.map(Self.made))
    }

    private static func values(of store: ParameterStore, where isCounted: (String) -> Bool) -> Int {
        store.entries.filter { !$0.isBuffer && isCounted($0.name) }.map { $0.tensor.shape.reduce(1, *) }.reduce(0, +)
    }
}
