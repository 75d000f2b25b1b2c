import Foundation
import Inference
import LikenessSupport
import TestSupport
import Testing

import class Tensors.Tensor

@testable import Tensors

struct QuantizationTests {
    @Test(arguments: [
        (Float(-1), Float(4), Float(5) / 255, UInt8(51)), (-1, 1.55, 0.01, 100), (2, 5.1, 0.02, 0),
        (-2.55, -1, 0.01, 255),
        (0, 0, 1, 0),
    ]) func rangesByHand(lower: Float, upper: Float, scale: Float, zeroPoint: UInt8) {
        let range = QuantizationRange(lower: lower, upper: upper)
        #expect(abs(range.scale - scale) < 1e-7 && range.zeroPoint == zeroPoint)
        #expect(range.lower <= 0 && range.upper >= 0, "0 is always one of the numbers")
    }

    @Test func rangesSoNarrowThatTheirStepIsNoNormalNumber() {
        let range = QuantizationRange(lower: 0, upper: .leastNonzeroMagnitude)
        #expect(range.scale > 0 && range.zeroPoint == 0)
    }

    @Test func weightsByHand() throws {
        let values: [Float] = [1.27, -0.32, 0.012, 0, 0, 0, -2.54, 0.06, 2]
        let channels = try #require(QuantizedWeight(values, shape: [3, 1, 3], axis: 0, isDepthwise: true))
        #expect(channels.values == [127, -32, 1, 0, 0, 0, -127, 3, 100])
        #expect(zip(channels.scales, [0.01, 1, 0.02]).allSatisfy { abs($0 - $1) < 1e-7 })
        let columns = try #require(QuantizedWeight([0.64, 1.28, 0.63, -0.02], shape: [2, 2], axis: 1))
        #expect(columns.values == [64, 127, 63, -2])
        #expect(zip(columns.scales, [0.01, 1.28 / 127]).allSatisfy { abs($0 - $1) < 1e-7 })
        #expect(QuantizedWeight([1, .nan], shape: [2], axis: 0) == nil)
        #expect(QuantizedWeight([1, .infinity], shape: [2], axis: 0) == nil)
    }

    /// CPUs without VNNI add the products of two neighboring inputs in 16 bits.
    @Test(arguments: [
        ([4, 6, 3, 3], 0), ([5, 8], 0), ([8, 5], 1), ([3, 7, 1, 1], 0), ([6, 1, 5, 5], 0), ([2, 2], 1),
    ])
    func sumsOfTwoNeighborsFitIn16Bits(shape: [Int], axis: Int) throws {
        let count = shape.reduce(1, *), outputs = shape[axis]
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<50 {
            let weight = (0..<count).map { _ in Float.random(in: -1...1, using: &generator) }
            let quantized = try #require(QuantizedWeight(weight, shape: shape, axis: axis))
            for output in 0..<outputs {
                let own = (0..<count / outputs).map {
                    axis == 0 ? output * count / outputs + $0 : output + $0 * outputs
                }
                let places = axis == 0 && shape[1] > 1 ? count / outputs / shape[1] : 1
                for (first, second) in zip(own, own.dropFirst(places)) {
                    #expect(abs(Int(quantized.values[first]) + Int(quantized.values[second])) <= 128)
                }
                #expect(own.contains { abs(quantized.values[$0]) >= 60 }, "nearly all of the range is used")
            }
        }
    }
}

@Suite(.enabled(if: Fixtures.hasTrainingEngine, needsEngine)) struct ONNXGraphQuantizationTests {
    private static let runsInt8 =
        Fixtures.isSetUp
        && (try? Engine(libraryDirectory: Fixtures.engine).supportedPrecisions.contains(.int8)) == true
    private static let needsInt8: Comment = "needs the engine, and a CPU that runs int8"

    /// Returns `x · weightᵀ + bias` with a weight whose numbers are multiples of their scales.
    private func linear() throws -> (graph: ONNXGraph, store: ParameterStore) {
        let store = ParameterStore([
            "layer.weight": Tensor([1.27, -0.5, 0.02, 2.54, -1, -0.04], shape: [2, 3]), "layer.bias": vector(0.125, -1),
        ])
        let layer = try Linear(store.root["layer"], in: 3, out: 2)
        let graph = ONNXGraph(inputs: [("x", [1, 3])], outputs: ["y"], parameters: store) { [layer($0[0])] }
        return (graph, store)
    }

    /// A network with convolutions with and without groups, a residual sum, a mean, and both forms of matrix products.
    private struct Small {
        let store = ParameterStore(seed: 3)
        let first: Conv2d
        let second: Conv2d
        let last: Linear

        init() throws {
            first = try Conv2d(store.root["first"], in: 3, out: 16, kernel: 3, padding: 1)
            second = try Conv2d(store.root["second"], in: 16, out: 16, kernel: 3, padding: 1, groups: 2, bias: false)
            last = try Linear(store.root["last"], in: 16, out: 8)
        }

        func callAsFunction(_ x: Tensor) -> [Tensor] {
            let stem = relu(first(x))
            let sum = relu(stem + second(stem))
            return [last(sum.mean(2, 3)), last(sum.reshaped([-1, 16, 64]).permuted([0, 2, 1]))]
        }

        var graph: ONNXGraph {
            ONNXGraph(inputs: [("x", [1, 3, 8, 8])], outputs: ["pooled", "places"], parameters: store) { self($0[0]) }
        }
    }

    @Test func productsWithConstantWeights() throws {
        let graph = try Small().graph
        #expect(graph.products.map(\.operation) == ["Conv", "Conv", "Gemm", "MatMul"])
        #expect(graph.products.map(\.axis) == [0, 0, 0, 1])
        #expect(graph.products.map(\.weight).prefix(3) == ["first.weight", "second.weight", "last.weight"])
        #expect(graph.products[0].activation == "x")
        let product = ONNXGraph(inputs: [("x", [1, 4, 4])], outputs: ["y"], parameters: ParameterStore(seed: 1)) {
            [$0[0].matmul($0[0])]
        }
        #expect(product.products.isEmpty, "two activations")
    }

    @Test func theQuantizedGraphByHand() throws {
        let (graph, _) = try linear()
        let quantized = try graph.quantized(
            graph.products, ranges: ["x": QuantizationRange(lower: -1, upper: 1.55)])
        #expect(
            quantized.nodes.map(\.operation)
                == ["QuantizeLinear", "DequantizeLinear", "DequantizeLinear", "Gemm", "Identity"])
        #expect(
            quantized.nodes[3].inputs == ["x.dequantized", "layer.weight.0.dequantized", "layer.bias"])
        #expect(quantized.nodes[2].attributes == ["axis": .int(0)])
        #expect(Set(quantized.constants.keys) == ["layer.bias"], "the weight is there in integers only")
        let weight = try #require(quantized.encoded["layer.weight.0.quantized"])
        #expect(weight.element == .int8 && weight.shape == [2, 3])
        #expect(weight.data.map { Int8(bitPattern: $0) } == [127, -50, 2, 127, -50, -2])
        #expect(quantized.encoded["x.zero"]?.data == Data([100]))
        #expect(quantized.encoded["layer.weight.0.zero"]?.data == Data([0, 0]))
        #expect(graph.operations == ["Gemm": 1, "Identity": 1], "the graph itself stays")
    }

    @Test(.enabled(if: runsInt8, needsInt8)) func theEngineComputesWhatTheIntegersSay() throws {
        let (graph, _) = try linear()
        let range = QuantizationRange(lower: -1, upper: 1.55)
        let onnx = try graph.quantized(graph.products, ranges: ["x": range]).serialized(name: "n")
        // 0.304 becomes 0.30; 3 and −2 are out of range and become 1.55 and −1.
        let result = try openVINO(onnx, [([2, 3], [0.304, 0.5, -0.25, 3, -2, 0])], in: .int8)[0]
        let expected: [Float] = [
            0.30 * 1.27 - 0.5 * 0.5 - 0.25 * 0.02 + 0.125, 0.30 * 2.54 - 0.5 + 0.25 * 0.04 - 1,
            1.55 * 1.27 + 0.5 + 0.125, 1.55 * 2.54 + 1 - 1,
        ]
        #expect(result.0 == [2, 2])
        expect(result.1, expected, within: 1e-4)
    }

    @Test(.enabled(if: Fixtures.isSetUp, "\(Fixtures.needsSetUp)")) func activationsAreSeen() throws {
        let network = try Small()
        let x = drawn(2, 3, 8, 8)
        let names = network.graph.products.map(\.activation)
        let graph = network.graph.exposing(names)
        #expect(graph.exposed.count == 3 && !graph.exposed.contains("x"), "the input is no result")
        let values = try openVINO(graph.serialized(name: "n"), [(x.shape, x.floats)])
        #expect(values.count == 5)
        let stem = withoutGradients { relu(network.first(x)) }
        let seen = try #require(graph.exposed.firstIndex(of: names[1]))
        expect(stem, values[2 + seen].0, values[2 + seen].1)
    }

    private func ranges(_ graph: ONNXGraph, over x: Tensor) throws -> [String: QuantizationRange] {
        let exposing = graph.exposing(graph.products.map(\.activation))
        let values = try openVINO(exposing.serialized(name: "n"), [(x.shape, x.floats)])
        var ranges = ["x": x.floats]
        for (name, value) in zip(exposing.exposed, values.dropFirst(graph.outputs.count)) { ranges[name] = value.1 }
        return ranges.mapValues { QuantizationRange(lower: $0.min() ?? 0, upper: $0.max() ?? 0) }
    }

    @Test(.enabled(if: runsInt8, needsInt8)) func agreementWithinTheStepsOfTheIntegers() throws {
        let network = try Small()
        let x = drawn(4, 3, 8, 8)
        let graph = network.graph
        let onnx = try graph.quantized(graph.products, ranges: ranges(graph, over: x)).serialized(name: "n")
        let ours = withoutGradients { network(x) }
        for (one, other) in zip(ours, try openVINO(onnx, [(x.shape, x.floats)], in: .int8)) {
            #expect(one.shape == other.0)
            let error = zip(one.floats, other.1).reduce(0.0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
            let size = one.floats.reduce(0.0) { $0 + Double($1 * $1) }
            #expect(error > 0 && (error / size).squareRoot() < 0.02)
        }
    }

    @Test(.enabled(if: Fixtures.hasPeers && runsInt8, "\(Fixtures.needsPeers)")) func onnxRuntimeReadsItToo() throws {
        let network = try Small()
        let x = drawn(3, 3, 8, 8)
        let graph = network.graph
        let folder = try TemporaryFolder()
        try folder.file(
            "model.onnx", graph.quantized(graph.products, ranges: ranges(graph, over: x)).serialized(name: "n"))
        let ours = withoutGradients { network(x) }
        try SafeTensors(["x": x, "pooled": ours[0], "places": ours[1]]).write(
            to: folder.url.appending(path: "values.safetensors"))
        let process = Process()
        process.executableURL = Fixtures.peersPython
        process.arguments = [
            "-B", Fixtures.root.appending(path: "Benchmarks/peers/onnx_check.py").path, folder.path("model.onnx"),
            folder.path("values.safetensors"), "--tolerance", "0.03",
        ]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test func someProductsStayInFloatingPoint() throws {
        let graph = try Small().graph
        let chosen = graph.products.filter { $0.weight == "second.weight" }
        let quantized = try graph.quantized(
            chosen, ranges: [chosen[0].activation: QuantizationRange(lower: 0, upper: 1)])
        #expect(quantized.operations["QuantizeLinear"] == 1 && quantized.operations["DequantizeLinear"] == 2)
        #expect(quantized.constants["first.weight"] != nil && quantized.constants["second.weight"] == nil)
        #expect(quantized.nodes.count { $0.inputs.contains(chosen[0].activation) } == 2, "the sum takes it as it was")
    }

    @Test func faultsAreNamed() throws {
        let (graph, store) = try linear()
        #expect(throws: QuantizationError.noRange("x")) { try graph.quantized(graph.products, ranges: [:]) }
        let weight = try #require(store.entries.first { $0.name == "layer.weight" }).tensor
        weight.copy(from: Tensor([1, .nan, 0, 0, 0, 0], shape: [2, 3]))
        #expect(throws: QuantizationError.notFinite("layer.weight")) {
            try graph.quantized(graph.products, ranges: ["x": QuantizationRange(lower: 0, upper: 1)])
        }
    }
}
