import TestSupport
import Testing

@testable import Tensors

@Suite(.enabled(if: Fixtures.hasTrainingEngine, needsEngine)) struct FunctionsTests {
    @Test func pooling() throws {
        let x = Tensor((1...16).map(Float.init), shape: [1, 1, 4, 4])
        expect(maxPool(x, kernel: 2, stride: 2), [1, 1, 2, 2], [6, 8, 14, 16])
        expect(averagePool(x, kernel: 2, stride: 2), [1, 1, 2, 2], [3.5, 5.5, 11.5, 13.5])
        expect(maxPool(x, kernel: 3, stride: 2), [1, 1, 1, 1], [11])
        #expect(averagePool(Tensor.full(1, shape: [1, 1, 3, 3]), kernel: 3, stride: 1, padding: 1).min().scalar == 1)
        try Golden.layer("maxPool").expect { maxPool(try $0.named("x"), kernel: 3, stride: 2, padding: 1) }
        try Golden.layer("averagePool").expect { averagePool(try $0.named("x"), kernel: 3, stride: 2, padding: 1) }
    }

    @Test func resizing() throws {
        let x = Tensor([0, 4], shape: [1, 1, 1, 2])
        expect(resize(x, height: 1, width: 4), [1, 1, 1, 4], [0, 1, 3, 4])
        #expect(resize(x, height: 1, width: 2) === x)
        try Golden.layer("larger").expect { resize(try $0.named("x"), height: 7, width: 5) }
        try Golden.layer("smaller").expect { resize(try $0.named("x"), height: 2, width: 3) }
    }

    @Test func dropping() {
        let ones = Tensor.full(1, shape: [10_000])
        #expect(dropout(ones, 0.25, training: false) === ones && dropout(ones, 0, training: true) === ones)
        let kept = dropout(ones, 0.25, training: true).floats
        #expect(Set(kept).isSubset(of: [0, 4 / 3 as Float]))
        let share = Double(kept.count { $0 != 0 }) / 10_000
        #expect(abs(share - 0.75) < 0.03, "six deviations of the binomial distribution")
    }

    @Test func convolutionSteps() {
        var (a, b) = (ConvolutionSteps(), ConvolutionSteps())
        #expect(a == b && a.hashValue == b.hashValue)
        a.padding = (1, 0)
        b.padding = (0, 1)
        #expect(a != b && Set([a, b, a]).count == 2)
    }

    @Test func gradients() {
        // The values are far enough apart that the steps do not change which is the largest.
        let x = Tensor([5, 3, -1, 0.5, 2, 7, -4, 1, 6, -2, 4, 8, -3, 9, -5, 10], shape: [1, 1, 4, 4])
        expectGradients(of: x) { weighted(maxPool(x, kernel: 2, stride: 1, padding: 1)) }
        expectGradients(of: x) { weighted(averagePool(x, kernel: 3, stride: 2, padding: 1)) }
        expectGradients(of: x) { weighted(resize(x, height: 3, width: 7)) }
    }
}
