import Foundation
import Tensors
import Testing
import Training

@Suite(.enabled(if: Engine.isThere, Engine.isNeeded)) struct PairLossTests {
    init() throws { try Engine.open() }

    @Test func theLossIsTheSumOfBothMeans() throws {
        let loss = try PairLoss(ParameterStore(seed: 1).root, scale: 5, impostorWeight: 7)
        // Two pictures of one person, a copy of the first one, and another person.
        let angles = [0.0, 0.6, 0.1, 2.0]
        let embeddings = Tensor(angles.flatMap { [Float(3 * cos($0)), Float(3 * sin($0))] }, shape: [4, 2])
        let found = loss(embeddings, people: [0, 0, 0, 1], pictures: [0, 1, 0, 2]).scalar
        func softplus(_ x: Double) -> Double { log(1 + exp(x)) }
        let mated = [(0, 1), (1, 2)].map { softplus(5 * (0.4 - cos(angles[$0.0] - angles[$0.1]))) }
        let impostors = [0, 1, 2].map { softplus(5 * (cos(angles[3] - angles[$0]) - 0.4)) }
        let expected = mated.reduce(0, +) / 2 + 7 * impostors.reduce(0, +) / 3
        #expect(abs(Double(found) - expected) < 1e-4)
    }

    @Test func withoutPairsOfAKindOnlyTheOtherCounts() throws {
        let loss = try PairLoss(ParameterStore(seed: 1).root)
        let embeddings = Tensor.normal(shape: [3, 4], seed: 2)
        #expect(loss(embeddings, people: [0, 0, 0], pictures: [5, 5, 5]).scalar == 0)
        #expect(loss(embeddings, people: [0, 1, 2], pictures: [0, 1, 2]).scalar > 0)
    }

    @Test func thresholdAndEmbeddingsLearn() throws {
        let loss = try PairLoss(ParameterStore(seed: 1).root)
        let embeddings = Tensor.normal(shape: [6, 4], seed: 3)
        embeddings.requiresGradient = true
        loss(embeddings, people: [0, 0, 1, 1, 2, 2], pictures: [0, 1, 2, 3, 4, 5]).backward()
        #expect(loss.threshold.gradient?.scalar != 0)
        #expect(embeddings.gradient?.floats.allSatisfy { $0.isFinite } == true)
    }
}
