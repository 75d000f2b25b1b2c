import Foundation
import Tensors
import Testing
import Training

@Suite(.enabled(if: Engine.isThere, Engine.isNeeded)) struct CrossEntropyTests {
    init() throws { try Engine.open() }

    private let logits: [Float] = [2, 0, -1, 0.5, 0.5, 3]

    private func byHand(smoothing: Double, weights: [Double] = [1, 1]) -> Double {
        let losses = [(0, 0), (1, 1)].map { row, label in
            let values = logits[row * 3..<row * 3 + 3].map(Double.init)
            let total = log(values.map(exp).reduce(0, +))
            let mean = values.map { total - $0 }.reduce(0, +) / 3
            return (1 - smoothing) * (total - values[label]) + smoothing * mean
        }
        return zip(losses, weights).map(*).reduce(0, +) / weights.reduce(0, +)
    }

    @Test(arguments: [0, 0.1]) func isTheMeanNegativeLogarithm(smoothing: Double) {
        let x = Tensor(logits, shape: [2, 3])
        let loss = crossEntropy(x, labels: Tensor([0, 1]), smoothing: smoothing)
        #expect(isNear(loss.scalar, byHand(smoothing: smoothing)))
    }

    @Test func weightsMakeAWeightedMean() {
        let x = Tensor(logits, shape: [2, 3])
        let loss = crossEntropy(x, labels: Tensor([0, 1]), weights: Tensor([3, 1], shape: [2]))
        #expect(isNear(loss.scalar, byHand(smoothing: 0, weights: [3, 1])))
    }

    @Test func hasTheGradientOfItsSlope() {
        expectGradient(at: logits, shape: [2, 3]) { crossEntropy($0, labels: Tensor([0, 1]), smoothing: 0.1) }
    }

    @Test func accuracyIsTheShareOfRightRows() {
        #expect(accuracy(Tensor(logits, shape: [2, 3]), labels: Tensor([0, 1])).scalar == 0.5)
    }
}
