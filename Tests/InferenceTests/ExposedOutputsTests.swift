import Foundation
import TestSupport
import Testing

@testable import Inference

/// P-Net's probability is the softmax of a tensor that is not an output.
@Suite("Tensors from inside a network", .enabled(if: Fixtures.isSetUp, "\(Fixtures.needsSetUp)"))
struct ExposedOutputsTests {
    private let engine: Engine
    private let exact = NetworkConfiguration(precision: .exactly(.f32))
    private let file = Fixtures.model("mtcnn", "pnet.onnx")
    private let shape = [1, 3, 24, 24]

    init() throws { engine = try Engine(libraryDirectory: Fixtures.engine) }

    @Test("They follow the file's own outputs in the requested order, and change nothing else")
    func exposed() throws {
        let plain = try Network(engine: engine, contentsOf: file, inputShapes: [shape], configuration: exact)
        let network = try Network(
            engine: engine, contentsOf: file, exposing: ["conv4_1", "prelu1"], inputShapes: [shape],
            configuration: exact)
        #expect(network.outputs.count == plain.outputs.count + 2)
        let count = shape.reduce(1, *)
        let input = Tensor(shape: shape, values: (0..<count).map { Float($0 * 31 % 256) / 128 - 1 })
        let expected = try plain.run(input), found = try network.run(input)
        for (a, b) in zip(expected, found) {
            #expect(a.shape == b.shape && zip(a.values, b.values).allSatisfy { abs($0 - $1) < 1e-5 })
        }
        let scores = found[plain.outputs.count], probability = try #require(expected.first { $0.shape[1] == 2 })
        #expect(scores.shape == probability.shape)
        let places = scores.values.count / 2
        for place in 0..<places {
            let (no, yes) = (exp(scores.values[place]), exp(scores.values[places + place]))
            #expect(abs(yes / (no + yes) - probability.values[places + place]) < 1e-4)
        }
        #expect(found[plain.outputs.count + 1].shape[1] == 10, "the first layer has ten channels")
    }

    @Test("The copy of the file is removed with its value")
    func copy() throws {
        var copy: ExposedOutputs? = try ExposedOutputs(["conv1"], of: file)
        let path = try #require(copy?.url.path)
        #expect(FileManager.default.fileExists(atPath: path))
        copy = nil
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("Unknown tensors and missing files are errors")
    func unknown() {
        #expect(throws: EngineError.self) {
            try Network(
                engine: engine, contentsOf: file, exposing: ["nothing"], inputShapes: [shape], configuration: exact)
        }
        #expect(throws: EngineError.missingNetwork("/nowhere.onnx")) {
            try ExposedOutputs(["conv1"], of: URL(filePath: "/nowhere.onnx"))
        }
    }
}
