import Foundation
import TestSupport
import Testing

@testable import Tensors

@Suite(.enabled(if: Fixtures.hasTrainingEngine, needsEngine)) struct ONNXGraphReadingTests {
    private let store = ParameterStore(seed: 1)
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func network() throws -> ONNXGraph {
        let convolution = try Conv2d(store.root["convolution"], in: 1, out: 2, kernel: 2)
        let layer = try Linear(store.root["layer"], in: 2, out: 3)
        let side = try Linear(store.root["side"], in: 2, out: 3)
        return ONNXGraph(
            inputs: [("x", [1, 1, 3, 3]), ("context", [1, 2])], outputs: ["y"], parameters: store
        ) { [layer(convolution($0[0]).mean(2, 3)) + side($0[1])] }
    }

    @Test("A network that is read and written again is the same file")
    func aRoundTrip() throws {
        let graph = try network()
        let data = graph.serialized(name: "network")
        let read = try ONNXGraph(contentsOf: folder.file("model.onnx", data))
        #expect(read.inputs == graph.inputs && read.outputs == graph.outputs)
        #expect(read.serialized(name: "network") == data)
        #expect(read.products == graph.products && read.products.count == 3)
    }

    @Test("Products that depend on an input can be left out")
    func independentProducts() throws {
        let graph = try network()
        #expect(graph.products(independentOf: []).count == 3)
        #expect(graph.products(independentOf: ["context"]).map(\.weight) == ["convolution.weight", "layer.weight"])
        #expect(graph.products(independentOf: ["x"]).map(\.weight) == ["side.weight"])
    }

    @Test("Constants in 16 bits become floats again")
    func halves() throws {
        let graph = try network()
        let halves = graph.storingHalves(from: 1)
        let read = try ONNXGraph(contentsOf: folder.file("model.onnx", halves.serialized(name: "network")))
        #expect(read.operations == graph.operations)
        let weight = try #require(read.constants["convolution.weight"])
        let original = try #require(graph.constants["convolution.weight"])
        #expect(weight.element == .float32 && (weight - original).magnitude.max().scalar < 1e-3)
    }

    @Test(.enabled(if: Fixtures.isSetUp, "\(Fixtures.needsSetUp)"), arguments: ["facenet-128", "sface"])
    func theFetchedNetworks(_ model: String) throws {
        let graph = try ONNXGraph(contentsOf: Fixtures.model(model))
        #expect(graph.products.count == (model == "sface" ? 28 : 133))
        // All that follow a convolution are folded.
        #expect(graph.operations["BatchNormalization", default: 0] <= 2)
    }

    @Test("A file of another operator set, or with constants elsewhere, is named as such")
    func unsupportedFiles() throws {
        let graph = try network()
        let data = graph.serialized(name: "network")
        let borrowed = graph.serialized(name: "network", borrowed: ["layer.weight": "other"])
        let set = Data([0x42, 4, 0x0A, 0, 0x10, 17])
        let place = try #require(data.range(of: set))
        let old = data.replacingCharacters(at: place.upperBound - 1, by: 9)
        for (data, expected) in [
            (old, "operator set 9"), (borrowed, "constants that are not stored as bytes"),
        ] {
            let file = try folder.file("model.onnx", data)
            #expect(throws: ONNXWeightsError(name: file.path, unsupported: expected)) {
                try ONNXGraph(contentsOf: file)
            }
        }
    }

    @Test func damagedFilesNeverCrash() throws {
        let data = try network().serialized(name: "network")
        var generator = SystemRandomNumberGenerator()
        for round in 0..<400 {
            var damaged = data
            if round < 100 {
                damaged = damaged.prefix(Int.random(in: 0..<data.count, using: &generator))
            } else {
                damaged[Int.random(in: 0..<data.count, using: &generator)] = UInt8.random(
                    in: 0...255, using: &generator)
            }
            let file = try folder.file("damaged.onnx", damaged)
            do {
                let graph = try ONNXGraph(contentsOf: file)
                let products = graph.products(independentOf: ["context"])
                let range = QuantizationRange(lower: -1, upper: 1)
                let ranges = Dictionary(products.map { ($0.activation, range) }) { first, _ in first }
                _ = try graph.quantized(products, ranges: ranges).serialized(name: "network")
            } catch let error as ONNXWeightsError {
                #expect(error.name == file.path)
            } catch QuantizationError.notFinite {
                // The damage made a weight infinite.
            }
        }
    }
}

extension Data {
    fileprivate func replacingCharacters(at index: Index, by byte: UInt8) -> Data {
        var data = self
        data[index] = byte
        return data
    }
}
