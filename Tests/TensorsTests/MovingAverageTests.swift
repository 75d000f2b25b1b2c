import TestSupport
import Testing

@testable import Tensors

@Suite(.enabled(if: Fixtures.hasTrainingEngine, needsEngine)) struct MovingAverageTests {
    private struct Case {
        let store = ParameterStore(seed: 1)
        let value: Tensor
        let average: Tensor
        let running: Tensor
        let runningAverage: Tensor

        init() throws {
            value = try store.root["a"].tensor("w", [2], .constant(1))
            running = try store.root["a"].buffer("m", [1], .zeros)
            average = try store.root["b"].tensor("w", [2], .zeros)
            runningAverage = try store.root["b"].buffer("m", [1], .ones)
        }
    }

    @Test("The average starts at the values and follows them, including buffers") func following() throws {
        let parts = try Case()
        let average = MovingAverage(parts.store, from: "a", to: "b", decay: 0.75)
        #expect(parts.average.floats == [1, 1] && parts.runningAverage.floats == [0])
        parts.value.copy(from: Tensor([3, 5], shape: [2]))
        parts.running.fill(8)
        average.update(step: 1000)
        #expect(parts.average.floats == [1.5, 2] && parts.runningAverage.floats == [2])
        #expect(parts.value.floats == [3, 5])
        average.update(step: 1000)
        #expect(parts.average.floats == [1.875, 2.75])
    }

    @Test("The first steps have a larger weight") func beginning() throws {
        let parts = try Case()
        let average = MovingAverage(parts.store, from: "a", to: "b", decay: 0.999)
        parts.value.fill(11)
        average.update(step: 0)
        // A tenth of the old value remains.
        #expect(parts.average.floats.allSatisfy { abs($0 - 10) < 1e-5 })
    }

    @Test("No gradient flows through it") func gradients() throws {
        let parts = try Case()
        let average = MovingAverage(parts.store, from: "a", to: "b", decay: 0.5)
        parts.store.freeze { $0.hasPrefix("b.") }
        average.update(step: 10)
        #expect(parts.store.trainable.map(\.name) == ["a.w"])
        parts.value.pow(2).sum().backward()
        #expect(parts.average.gradient == nil && parts.value.gradient?.floats == [2, 2])
    }
}
