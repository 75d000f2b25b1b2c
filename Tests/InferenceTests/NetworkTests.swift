import Foundation
import TestSupport
import Testing

@testable import Inference

/// Tests with YuNet, because it is small, and open in all its dimensions.
@Suite(.enabled(if: Fixtures.isSetUp, "\(Fixtures.needsSetUp)"))
struct NetworkTests {
    let engine: Engine
    let exact = NetworkConfiguration(precision: .exactly(.f32))

    init() throws {
        engine = try Engine(libraryDirectory: Fixtures.engine)
    }

    /// Returns a picture-like input whose values differ from place to place.
    func input(_ shape: [Int], seed: Int = 0) -> Tensor {
        Tensor(shape: shape, values: (0..<shape.reduce(1, *)).map { Float(($0 * 31 + seed * 17) % 256) })
    }

    @Test func thePortsAreTheFiles() throws {
        let network = try Network(engine: engine, contentsOf: Fixtures.model("yunet"), configuration: exact)
        #expect(network.inputs.map(\.name) == ["input"])
        #expect(network.inputs.first?.shape == [nil, 3, nil, nil])
        #expect(network.outputs.count == 12)
        #expect(network.precision == .f32)
    }

    @Test func openDimensionsTakeEverySize() throws {
        let network = try Network(engine: engine, contentsOf: Fixtures.model("yunet"), configuration: exact)
        for (height, width) in [(64, 96), (128, 64), (64, 96)] {
            let outputs = try network.run(input([1, 3, height, width]))
            #expect(outputs[0].shape == [1, height / 8 * width / 8, 1])
            #expect(outputs[0].values.allSatisfy { (0...1).contains($0) })
        }
    }

    @Test func aFixedShapeComputesTheSame() throws {
        let shape = [1, 3, 96, 64]
        let open = try Network(engine: engine, contentsOf: Fixtures.model("yunet"), configuration: exact)
        let fixed = try Network(
            engine: engine, contentsOf: Fixtures.model("yunet"), inputShapes: [shape], configuration: exact)
        #expect(fixed.inputs.first?.staticShape == shape)
        let (a, b) = (try open.run(input(shape)), try fixed.run(input(shape)))
        for (first, second) in zip(a, b) {
            #expect(zip(first.values, second.values).allSatisfy { abs($0 - $1) < 1e-4 })
        }
    }

    @Test func namesAndPlacesGiveTheSameOutput() throws {
        let network = try Network(engine: engine, contentsOf: Fixtures.model("yunet"), configuration: exact)
        let tensor = input([1, 3, 64, 64])
        let copied = try network.run(tensor)
        try network.run(shape: tensor.shape) {
            _ = $0.update(from: tensor.values)
        } read: { outputs in
            let (points, objectness) = (try outputs["kps_32"], try outputs["obj_8"])
            #expect(Array(points.values) == copied[11].values)
            #expect(Array(objectness.values) == copied[3].values)
            let boxes = try outputs["bbox_16"]
            #expect(boxes.shape == [1, 16, 4])
            #expect(throws: EngineError.self) { try outputs["no such output"] }
            #expect(throws: EngineError.self) { try outputs[12] }
        }
    }

    @Test func bytesOfPicturesBecomeTheNetworksNumbers() throws {
        let (height, width) = (64, 96)
        let bytes = (0..<height * width * 3).map { UInt8(truncatingIfNeeded: $0 * 7 + $0 / 300) }
        let mean: [Float] = [10, 20, 30]
        var floats: [Float] = []
        for channel in [2, 1, 0] {
            for place in 0..<height * width {
                floats.append((Float(bytes[place * 3 + channel]) - mean[channel]) * 0.5)
            }
        }
        let expected = try Network(engine: engine, contentsOf: Fixtures.model("yunet"), configuration: exact)
            .run(Tensor(shape: [1, 3, height, width], values: floats))
        let network = try Network(
            engine: engine, contentsOf: Fixtures.model("yunet"),
            input: .pixels(PixelInput(channels: .bgr, mean: mean, scale: 0.5)), configuration: exact)
        #expect(network.inputs.first?.shape == [nil, nil, nil, 3])
        try network.run(pixels: [1, height, width, 3]) {
            _ = $0.update(from: bytes)
        } read: { outputs in
            for (index, output) in expected.enumerated() {
                let view = try outputs[index]
                #expect(zip(view.values, output.values).allSatisfy { abs($0 - $1) < 1e-3 })
            }
        }
    }

    @Test func aWrongShapeIsRefused() throws {
        let network = try Network(
            engine: engine, contentsOf: Fixtures.model("yunet"), inputShapes: [[1, 3, 64, 64]], configuration: exact)
        for shape in [[1, 3, 64, 96], [1, 1, 64, 64], [3, 64, 64]] {
            #expect(throws: EngineError.shapeMismatch(expected: "1×3×64×64", found: shape)) {
                try network.run(input(shape))
            }
        }
    }

    @Test func aMissingFileIsSaid() throws {
        let url = Fixtures.model("no-such-model")
        #expect(throws: EngineError.missingNetwork(url.path)) { try Network(engine: engine, contentsOf: url) }
    }

    @Test func aFileThatIsNoNetworkIsRefused() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).onnx")
        try Data("not a network".utf8).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        let error = try #require(throws: EngineError.self) { try Network(engine: engine, contentsOf: url) }
        guard case .unreadableNetwork(url.path, let reason) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(!reason.isEmpty && !reason.contains("\n"))
    }

    @Test func manyTasksAtOnceGetTheirOwnResults() async throws {
        let inputs = (0..<8).map { input([1, 3, 64, 64], seed: $0) }
        let (network, alone) = try await EngineExecutor.run {
            let network = try Network(
                engine: engine, contentsOf: Fixtures.model("yunet"),
                configuration: NetworkConfiguration(precision: .exactly(.f32), streams: 2))
            return (network, try inputs.map { try network.run($0) })
        }
        #expect(Set(alone.map(\.first?.values)).count == inputs.count)
        try await withThrowingTaskGroup(of: (Int, [Tensor]).self) { group in
            for round in 0..<40 {
                let index = round % inputs.count
                group.addTask { (index, try await EngineExecutor.run { try network.run(inputs[index]) }) }
            }
            for try await (index, outputs) in group { #expect(outputs == alone[index]) }
        }
    }

    @Test func theShapesAskedForLastAreKept() throws {
        let networks = try ShapedNetworks(
            engine: engine, contentsOf: Fixtures.model("yunet"), configuration: exact, capacity: 2)
        let first = try networks.network(for: [1, 3, 32, 32])
        let second = try networks.network(for: [1, 3, 32, 64])
        #expect(try networks.network(for: [1, 3, 32, 32]) === first)
        _ = try networks.network(for: [1, 3, 64, 64])
        #expect(try networks.network(for: [1, 3, 32, 32]) === first)
        #expect(try networks.network(for: [1, 3, 32, 64]) !== second)
        #expect(throws: EngineError.self) { try networks.network(for: [1, 4, 32, 32]) }
    }

    @Test func shapesAreKeptAsFarAsTheirInputsAreSmall() throws {
        let networks = try ShapedNetworks(
            engine: engine, contentsOf: Fixtures.model("yunet"), configuration: exact, capacity: 9,
            mostElements: 3 * 3 * 32 * 32)
        let first = try networks.network(for: [1, 3, 32, 32]), second = try networks.network(for: [1, 3, 32, 64])
        #expect(try networks.network(for: [1, 3, 32, 32]) === first)
        #expect(try networks.network(for: [1, 3, 32, 64]) === second)
        // Larger than the limit of all kept networks: kept alone.
        let large = try networks.network(for: [1, 3, 96, 96])
        #expect(try networks.network(for: [1, 3, 96, 96]) === large)
        #expect(try networks.network(for: [1, 3, 32, 32]) !== first)
    }
}
