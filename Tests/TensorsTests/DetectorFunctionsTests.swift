import TestSupport
import Testing

@testable import Tensors

@Suite(.enabled(if: Fixtures.hasTrainingEngine, needsEngine)) struct DetectorFunctionsTests {
    @Test func slopesAreOfChannels() {
        let x = Tensor([-2, 1, 3, -4], shape: [1, 2, 1, 2])
        expect(prelu(x, slope: Tensor([0.5, -1], shape: [2, 1, 1])), [1, 2, 1, 2], [-1, 1, 3, 4])
        expect(prelu(Tensor([-2, -3], shape: [1, 2]), slope: vector(0.5, 0)), [1, 2], [-1, 0])
    }

    @Test func aLayerStartsAsHeSays() throws {
        let parameters = ParameterStore(seed: 1).root
        #expect(try PReLU(parameters["maps"], channels: 2, of: .maps).slope.shape == [2, 1, 1])
        expect(try PReLU(parameters["vectors"], channels: 3, of: .vectors).slope, [3], [0.25, 0.25, 0.25])
    }

    @Test func windowsThatAreCutOffCount() {
        let x = Tensor((0..<20).map { Float(-$0) }, shape: [1, 1, 4, 5])
        expect(maxPoolRoundingUp(x, kernel: 2, stride: 2), [1, 1, 2, 3], [0, -2, -4, -10, -12, -14])
        expect(maxPoolRoundingUp(x, kernel: 3, stride: 2), [1, 1, 2, 2], [0, -2, -10, -12])
        expect(maxPoolRoundingUp(x, kernel: 4, stride: 3), [1, 1, 1, 2], [0, -3])
    }

    @Test func whatFitsIsPooledAsUsual() {
        let x = drawn(2, 3, 7, 9)
        let (one, other) = (maxPoolRoundingUp(x, kernel: 3, stride: 2), maxPool(x, kernel: 3, stride: 2))
        expect(one, other.shape, other.floats)
    }

    @Test func numbersBecomeSquares() {
        let x = Tensor([1, 2, 3, 4, 5, 6], shape: [1, 1, 2, 3])
        expect(
            enlarged(x, by: 2), [1, 1, 4, 6],
            [1, 1, 2, 2, 3, 3, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 4, 4, 5, 5, 6, 6])
    }

    @Test func axesAreJoined() {
        let x = drawn(2, 3, 4, 5)
        #expect(x.joined(1...2).shape == [2, 12, 5] && x.joined(0...3).shape == [120])
        #expect(x.joined(2...3).floats == x.floats)
    }

    @Test func gradients() throws {
        let slope = Tensor([0.3, -0.2], shape: [2, 1, 1])
        // Away from 0 and from each other, because neither function has a slope there.
        let values = (0..<40).map { Float(($0 * 7) % 40) / 10 - 1.95 }
        let x = Tensor(values, shape: [1, 2, 4, 5])
        expectGradients(of: x, slope) { weighted(prelu(x, slope: slope)) }
        expectGradients(of: x) { weighted(maxPoolRoundingUp(x, kernel: 3, stride: 2)) }
        expectGradients(of: x) { weighted(enlarged(x, by: 3)) }
    }

    @Test(.enabled(if: Fixtures.isSetUp, "\(Fixtures.needsSetUp)"), arguments: [(1, 12, 10), (2, 13, 17)])
    func anExportedGraphTakesPicturesOfAnySize(batch: Int, height: Int, width: Int) throws {
        let store = ParameterStore(seed: 3)
        let convolution = try Conv2d(store.root["convolution"], in: 3, out: 4, kernel: 3)
        let rectifier = try PReLU(store.root["prelu"], channels: 4, of: .maps)
        func network(_ x: Tensor) -> [Tensor] {
            let map = maxPoolRoundingUp(rectifier(convolution(x)), kernel: 3, stride: 2)
            return [enlarged(map, by: 2).permuted([0, 2, 3, 1]).joined(1...2), map, map.mean(2, 3)]
        }
        let graph = ONNXGraph(
            inputs: [("picture", [1, 3, 12, 12])], isResizable: true, outputs: ["places", "map", "means"],
            parameters: store
        ) { network($0[0]) }
        #expect(graph.inputs.map(\.shape) == [[nil, 3, nil, nil]])
        #expect(graph.outputs.map(\.shape) == [[nil, nil, 4], [nil, 4, nil, nil], [nil, 4]])
        #expect(graph.operations["PRelu"] == 1 && graph.operations["Resize"] == 1)
        let picture = drawn(batch, 3, height, width)
        let ours = withoutGradients { network(picture) }
        let theirs = try openVINO(graph.serialized(name: "any size"), [(picture.shape, picture.floats)])
        for (one, other) in zip(ours, theirs) { expect(one, other.0, other.1, within: 1e-5) }
        #expect(theirs.count == ours.count)
    }
}
