import TestSupport
import Testing

@testable import Tensors

@Suite(.enabled(if: Fixtures.hasTrainingEngine, needsEngine)) struct TensorGradientsTests {
    @Test func gradientsAddUpUntilTheyAreForgotten() {
        let x = vector(2, 3)
        #expect(!x.requiresGradient && x.gradient == nil)
        x.requiresGradient = true
        x.squared.sum().backward()
        #expect(x.gradient?.floats == [4, 6])
        x.squared.sum().backward()
        #expect(x.gradient?.floats == [8, 12])
        x.clearGradient()
        #expect(x.gradient == nil)
    }

    @Test func detachedNumbersStandStill() {
        let x = vector(2, 3)
        x.requiresGradient = true
        #expect(!x.detached.requiresGradient && x.detached.floats == [2, 3])
        (x * x.detached).sum().backward()
        #expect(x.gradient?.floats == [2, 3])
        #expect(x.copied.requiresGradient, "a copy is computed from the original")
    }

    @Test func changingTypesKeepsTheWay() {
        let x = vector(2, 3)
        x.requiresGradient = true
        x.to(.float64).squared.sum().backward()
        #expect(x.gradient?.floats == [4, 6] && x.gradient?.element == .float32)
    }

    @Test func channelsLastIsTheSamePicture() {
        let x = drawn(2, 3, 4, 5)
        x.requiresGradient = true
        #expect(x.channelsLast.shape == [2, 3, 4, 5] && x.channelsLast.floats == x.floats)
        weighted(x.channelsLast).backward()
        #expect(x.gradient?.floats == Tensor.normal(shape: x.shape, seed: 99).floats)
    }

    @Test func threadsDoNotDisturbEachOther() async {
        await withTaskGroup(of: [Float].self) { group in
            for seed in 0..<8 {
                group.addTask {
                    let x = Tensor.normal(shape: [50, 50], seed: UInt64(seed))
                    x.requiresGradient = true
                    for _ in 0..<5 { withoutGradients { _ = x.matmul(x) } }
                    x.matmul(x).sum().backward()
                    return
                        (x.gradient.map { $0 - (x.sum(0).reshaped([1, -1]) + x.sum(1).reshaped([-1, 1])).transposed })?
                        .magnitude.floats ?? [.nan]
                }
            }
            for await differences in group { #expect(differences.allSatisfy { $0 < 1e-3 }) }
        }
    }
}
