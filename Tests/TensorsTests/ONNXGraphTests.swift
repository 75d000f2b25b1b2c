import Foundation
import TestSupport
import Testing

@testable import Tensors

@Suite(.enabled(if: Fixtures.hasTrainingEngine, needsEngine)) struct ONNXGraphTests {
    @Test func everyOperationIsRecorded() throws {
        let graph = try EveryOperation().graph()
        #expect(Set(graph.operations.keys) == EveryOperation.operations)
        #expect(graph.operationCount == graph.operations.values.reduce(0, +))
        #expect(graph.inputs.map(\.name) == ["picture", "vector"])
        #expect(graph.inputs.map(\.shape) == [[nil, 3, 12, 10], [nil, 5]])
        #expect(graph.outputs.map(\.name) == EveryOperation.outputs)
        #expect(graph.outputs[0].shape == [nil, 10, 9, 7])
    }

    @Test(.enabled(if: Fixtures.isSetUp, "\(Fixtures.needsSetUp)"), arguments: [1, 3])
    func openVINOComputesTheSame(batch: Int) throws {
        let network = try EveryOperation()
        let (picture, vector) = (drawn(batch, 3, 12, 10), drawn(batch, 5, seed: 2))
        let ours = withoutGradients { network(picture, vector) }
        let theirs = try openVINO(
            network.graph().serialized(name: "every"), [(picture.shape, picture.floats), (vector.shape, vector.floats)])
        #expect(theirs.count == ours.count)
        for (one, other) in zip(ours, theirs) { expect(one, other.0, other.1, within: 1e-5) }
    }

    @Test(.enabled(if: Fixtures.hasPeers, "\(Fixtures.needsPeers)")) func onnxRuntimeComputesTheSame() throws {
        let network = try EveryOperation()
        let (picture, vector) = (drawn(3, 3, 12, 10), drawn(3, 5, seed: 2))
        let ours = withoutGradients { network(picture, vector) }
        let folder = try TemporaryFolder()
        try folder.file("model.onnx", network.graph().serialized(name: "every"))
        let named = zip(["picture", "vector"] + EveryOperation.outputs, [picture, vector] + ours)
        try SafeTensors(Dictionary(uniqueKeysWithValues: named)).write(
            to: folder.url.appending(path: "values.safetensors"))
        let process = Process()
        process.executableURL = Fixtures.peersPython
        process.arguments = [
            "-B", Fixtures.root.appending(path: "Benchmarks/peers/onnx_check.py").path, folder.path("model.onnx"),
            folder.path("values.safetensors"),
        ]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test func namesAndMetadata() throws {
        let store = ParameterStore(seed: 1)
        let layer = try Linear(store.root["layer"], in: 2, out: 3)
        let graph = ONNXGraph(inputs: [("x", [1, 2])], outputs: ["y"], parameters: store) { [layer($0[0])] }
        #expect(graph.operations == ["Gemm": 1, "Identity": 1])
        #expect(Set(graph.constants.keys) == ["layer.weight", "layer.bias"])
        let data = graph.serialized(name: "network", metadata: ["b": "2", "a": "1"])
        #expect(graph.serialized(name: "network", metadata: ["a": "1", "b": "2"]) == data)
        for text in ["likeness", "network", "layer.weight", "batch", "Gemm"] {
            #expect(data.range(of: Data(text.utf8)) != nil)
        }
        #expect(!(try #require(store.entries.first)).tensor.requiresGradient == false, "the network may learn on")
    }

    /// Compares the smallest model with its bytes according to onnx.proto and Protocol Buffers' encoding.
    @Test func bytesByHand() {
        let graph = ONNXGraph(inputs: [("x", [1, 300])], outputs: ["y"], parameters: ParameterStore(seed: 1)) {
            [-$0[0]]
        }
        func message(_ field: UInt8, _ bytes: [UInt8]) -> [UInt8] { [field << 3 | 2, UInt8(bytes.count)] + bytes }
        func text(_ field: UInt8, _ string: String) -> [UInt8] { message(field, Array(string.utf8)) }
        func port(_ field: UInt8, _ name: String) -> [UInt8] {
            // Two dimensions: "batch", and 300 as a number in two groups of seven bits.
            let shape = message(2, message(1, text(2, "batch")) + message(1, [0x08, 0xAC, 0x02]))
            return message(field, text(1, name) + message(2, message(1, [0x08, 0x01] + shape)))
        }
        let nodes =
            message(1, text(1, "x") + text(2, "neg_0") + text(3, "Neg_0") + text(4, "Neg"))
            + message(1, text(1, "neg_0") + text(2, "y") + text(3, "Identity_1") + text(4, "Identity"))
        let body = nodes + text(2, "n") + port(11, "x") + port(12, "y")
        let expected =
            [0x08, 0x08] + text(2, "likeness") + message(7, body) + message(8, text(1, "") + [0x10, 17])
            + message(14, text(1, "k") + text(2, "v"))
        #expect(Array(graph.serialized(name: "n", metadata: ["k": "v"])) == expected)
    }

    @Test func whatDoesNotDependOnTheInputsIsAConstant() throws {
        let store = ParameterStore(seed: 1)
        let weight = try store.root.tensor("weight", [2], .normal(1))
        let graph = ONNXGraph(inputs: [("x", [1, 2])], outputs: ["y"], parameters: store) { inputs in
            let unused = inputs[0] * 5
            precondition(unused.shape == [1, 2])
            return [inputs[0] * (weight * 2).exponential]
        }
        #expect(graph.operations == ["Mul": 1, "Identity": 1])
        #expect(graph.constants.count == 1)
        expect(try #require(graph.constants.values.first), [2], (weight * 2).exponential.floats)
    }

    @Test func constantsOfEveryType() throws {
        for element in Tensor.Element.allCases where element != .bool {
            let constant = Tensor.full(2, shape: [2], element: element)
            let graph = ONNXGraph(inputs: [("x", [1, 2])], outputs: ["y"], parameters: ParameterStore(seed: 1)) {
                [($0[0].to(element) + constant).to(.float32)]
            }
            #expect(graph.serialized(name: "n").range(of: constant.data) != nil)
        }
    }

    @Test func whatCanNotBeExportedEndsTheProgram() async {
        await #expect(processExitsWith: .failure) {
            try TrainingEngine.open(library: Fixtures.trainingEngine)
            _ = ONNXGraph(inputs: [("x", [1, 1])], outputs: ["y"], parameters: ParameterStore(seed: 1)) {
                [$0[0].expanded(to: [1, 3])]
            }
        }
        await #expect(processExitsWith: .failure) {
            try TrainingEngine.open(library: Fixtures.trainingEngine)
            _ = ONNXGraph(inputs: [("x", [1, 1])], outputs: ["y"], parameters: ParameterStore(seed: 1)) { _ in
                [vector(1)]
            }
        }
    }
}
