import TestSupport
import Testing

@testable import Tensors

@Suite(.enabled(if: Fixtures.hasTrainingEngine, needsEngine)) struct TensorTests {
    @Test func valuesRunAlongTheLastAxis() {
        let tensor = Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3])
        #expect(tensor.shape == [2, 3] && tensor.count == 6)
        #expect(tensor.element == .float32 && tensor.device == .cpu)
        #expect(tensor.floats == [1, 2, 3, 4, 5, 6])
        #expect(tensor.transposed.floats == [1, 4, 2, 5, 3, 6], "reading follows the shape, not the memory")
        #expect(tensor.integers == [1, 2, 3, 4, 5, 6])
    }

    @Test func integersAndBytes() {
        #expect(Tensor([-7, 1 << 40]).integers == [-7, 1 << 40])
        #expect(Tensor([-7, 1 << 40]).element == .int64)
        let bytes = Tensor(bytes: [0, 128, 255], shape: [3, 1])
        #expect(bytes.element == .uint8 && bytes.floats == [0, 128, 255])
        #expect(Tensor.range(4).integers == [0, 1, 2, 3])
    }

    @Test func oneNumberHasNoAxesAndNoneAtAllHasOne() {
        let scalar = Tensor([2.5], shape: [])
        #expect(scalar.shape == [] && scalar.count == 1 && scalar.scalar == 2.5)
        let empty = Tensor([Float](), shape: [0, 4])
        #expect(empty.shape == [0, 4] && empty.count == 0 && empty.floats == [])
        #expect(Tensor([Int]()).integers == [])
    }

    @Test(arguments: Tensor.Element.allCases) func everyElementType(element: Tensor.Element) {
        let tensor = Tensor.full(1, shape: [2], element: element)
        #expect(tensor.element == element && tensor.floats == [1, 1])
        #expect(tensor.data.count == 2 * element.size)
        #expect(vector(0, 1).to(element).floats == [0, 1])
    }

    @Test func bfloat16KeepsEightBits() {
        #expect(vector(1.00390625, 257, 3.14159).to(.bfloat16).floats == [1, 256, 3.140625])
    }

    @Test func copyingAndFillingInPlace() {
        let tensor = vector(1, 2)
        let other = tensor.copied
        tensor.copy(from: vector(3, 4))
        #expect(tensor.floats == [3, 4] && other.floats == [1, 2])
        tensor.fill(-1)
        #expect(tensor.floats == [-1, -1])
        let truths = Tensor.full(0, shape: [2], element: .bool)
        truths.copy(from: vector(0, 2))
        #expect(truths.floats == [0, 1])
    }

    @Test func drawingBySeed() {
        #expect(drawn(50, seed: 3).floats == drawn(50, seed: 3).floats)
        #expect(drawn(50, seed: 3).floats != drawn(50, seed: 4).floats)
        let uniform = Tensor.uniform(-2..<3, shape: [20_000], seed: 1)
        #expect(uniform.floats.allSatisfy { (-2..<3).contains($0) })
        expect(uniform.mean(), [], [0.5], within: 0.05)
        let normal = Tensor.normal(mean: 4, deviation: 2, shape: [20_000], seed: 1)
        expect(normal.mean(), [], [4], within: 0.05)
        expect((normal - 4).squared.mean(), [], [4], within: 0.15)
    }

    @Test func drawingBySeedLeavesTheOthersAlone() {
        // Other tests draw the process's own random numbers at the same time; only those of a seed are reproducible.
        let one = Tensor.normal(shape: [8], seed: 5).floats
        _ = Tensor.normal(shape: [8])
        #expect(Tensor.normal(shape: [8], seed: 5).floats == one)
    }

    @Test func shapesThatDoNotFitEndTheProgram() async {
        await #expect(processExitsWith: .failure) {
            try TrainingEngine.open(library: Fixtures.trainingEngine)
            _ = vector(1, 2) + vector(1, 2, 3)
        }
        await #expect(processExitsWith: .failure) {
            try TrainingEngine.open(library: Fixtures.trainingEngine)
            _ = Tensor([1, 2, 3], shape: [2])
        }
    }
}
