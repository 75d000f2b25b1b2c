import Foundation
import TestSupport
import Testing

@testable import Tensors

@Suite(.enabled(if: Fixtures.hasTrainingEngine, needsEngine)) struct ONNXWeightsTests {
    private let store = ParameterStore(seed: 1)
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func network() throws -> Data {
        let convolution = try Conv2d(store.root["convolution"], in: 1, out: 2, kernel: 2)
        let layer = try Linear(store.root["layer"], in: 2, out: 3)
        return ONNXGraph(inputs: [("x", [1, 1, 3, 3])], outputs: ["y"], parameters: store) {
            [layer(convolution($0[0]).mean(2, 3))]
        }.serialized(name: "network")
    }

    @Test func theGraphsValuesComeBack() throws {
        let weights = try ONNXWeights.read(folder.file("model.onnx", network()))
        #expect(Set(weights.keys) == Set(store.entries.map(\.name)), "integers are no weights")
        for (name, value) in store.dictionary {
            #expect(try weights.named(name).shape == value.shape && weights.named(name).floats == value.floats)
        }
    }

    @Test(.enabled(if: Fixtures.isSetUp, "\(Fixtures.needsSetUp)")) func theFetchedNetworks() throws {
        let weights = try ONNXWeights.read(Fixtures.model("facenet-128"))
        #expect(weights.values.reduce(0) { $0 + $1.count } > 22_000_000)
    }

    @Test func damagedFilesNeverCrash() throws {
        let data = try network()
        var generator = SystemRandomNumberGenerator()
        for round in 0..<400 {
            var damaged = data
            if round < 200 {
                damaged = damaged.prefix(Int.random(in: 0..<data.count, using: &generator))
            } else {
                damaged[Int.random(in: 0..<data.count, using: &generator)] = UInt8.random(
                    in: 0...255, using: &generator)
            }
            let file = try folder.file("damaged.onnx", damaged)
            do {
                for tensor in try ONNXWeights.read(file).values { _ = tensor.data }
            } catch let error as ONNXWeightsError {
                #expect(error.name == file.path)
            }
        }
    }

    @Test func aShapeTooLargeForItsBytes() throws {
        // Extents of 2⁶² and 4, whose product is 0 in 64 bits, and no bytes.
        let extent: [UInt8] = [0x08] + [UInt8](repeating: 0x80, count: 8) + [0x40]
        let tensor = extent + [0x08, 4, 0x10, 1, 0x42, 1, 0x61, 0x4A, 0]
        let graph = [0x2A, UInt8(tensor.count)] + tensor
        let file = try folder.file("model.onnx", Data([0x3A, UInt8(graph.count)] + graph))
        #expect(throws: ONNXWeightsError(name: file.path)) { try ONNXWeights.read(file) }
    }
}
