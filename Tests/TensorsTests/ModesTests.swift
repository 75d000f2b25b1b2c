import TestSupport
import Testing

@testable import Tensors

@Suite(.enabled(if: Fixtures.hasTrainingEngine, needsEngine)) struct ModesTests {
    private struct Failure: Error {}

    @Test func nothingIsRecordedWithoutGradients() {
        let x = vector(1, 2)
        x.requiresGradient = true
        let result = withoutGradients { withoutGradients { x * 2 } }
        #expect(!result.requiresGradient && (x * 2).requiresGradient, "on again afterwards")
        #expect(throws: Failure.self) { try withoutGradients { () throws(Failure) in throw Failure() } }
        #expect((x * 2).requiresGradient, "after an error too")
    }

    @Test func productsInBfloat16ParametersInFloat32() throws {
        let store = ParameterStore(seed: 1)
        let convolution = try Conv2d(store.root["conv"], in: 3, out: 4, kernel: 3)
        let layer = try Linear(store.root["linear"], in: 4, out: 2)
        let input = drawn(2, 3, 6, 6)
        func run() -> (Tensor, Tensor) {
            let features = convolution(input)
            return (features, layer(features.mean(2, 3)))
        }
        let (features, result) = withAutocast(true, on: .cpu, run)
        #expect(features.element == .bfloat16 && result.element == .bfloat16)
        #expect(convolution.weight.element == .float32)
        let exact = run().1
        #expect(exact.element == .float32)
        expect(result.floats, exact.floats, within: 0.02)
        #expect(result.floats != exact.floats)
        result.to(.float32).squared.sum().backward()
        for entry in store.entries {
            #expect(entry.tensor.gradient?.element == .float32 && entry.tensor.element == .float32)
        }
    }

    @Test func logarithmsAndLossesStayExact() {
        let x = drawn(4, 4)
        withAutocast(true, on: .cpu) {
            #expect(x.matmul(x).element == .bfloat16)
            #expect(x.logSoftmax().element == .float32 && x.sum().element == .float32)
        }
    }

    @Test func oneInsideAnotherLeavesItOn() {
        let x = drawn(2, 2)
        withAutocast(true, on: .cpu) {
            withAutocast(true, on: .cpu) { #expect(x.matmul(x).element == .bfloat16) }
            #expect(x.matmul(x).element == .bfloat16)
            withAutocast(false, on: .cpu) {
                #expect(x.matmul(x).element == .bfloat16, "not asked for is not forbidden")
            }
        }
        #expect(x.matmul(x).element == .float32)
    }

    @Test func parametersThatChangeAreReadAgain() throws {
        let weight = drawn(2, 2)
        weight.requiresGradient = true
        let x = drawn(1, 2, seed: 2)
        let before = withAutocast(true, on: .cpu) { x.matmul(weight).floats }
        weight.fill(0)
        #expect(withAutocast(true, on: .cpu) { x.matmul(weight).floats } == [0, 0])
        #expect(before != [0, 0])
    }
}
