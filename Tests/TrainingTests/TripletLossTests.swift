import Foundation
import Tensors
import Testing
import Training

@Suite(.enabled(if: Engine.isThere, Engine.isNeeded)) struct TripletLossTests {
    init() throws { try Engine.open() }

    private func squared(_ degrees: Double) -> Double { 2 - 2 * cos(degrees * .pi / 180) }

    // Person 0 at 0° and 40°, person 1 at 50° and 180°.
    private let angles: [Double] = [0, 40, 50, 180]
    private var embeddings: Tensor { Tensor(directions(angles), shape: [4, 2]) }

    @Test func distancesAreSquaredAndNeverBelowZero() {
        let distances = squaredDistances(embeddings).floats
        #expect(isNear(distances[1], squared(40)) && isNear(distances[2 * 4 + 3], squared(130)))
        #expect(distances.allSatisfy { $0 >= 0 })
    }

    @Test func isTheMeanOverTheActive() {
        let result = TripletLoss(margin: 0.2)(embeddings, labels: [0, 0, 1, 1], mining: .batchAll)
        var terms: [Double] = []
        for (a, p, n) in [(0, 1, 2), (0, 1, 3), (1, 0, 2), (1, 0, 3), (2, 3, 0), (2, 3, 1), (3, 2, 0), (3, 2, 1)] {
            terms.append(max(squared(angles[a] - angles[p]) - squared(angles[a] - angles[n]) + 0.2, 0))
        }
        let active = terms.filter { $0 > 0 }
        #expect(result.count == 8 && result.activeShare == Double(active.count) / 8)
        #expect(isNear(result.loss.scalar, active.reduce(0, +) / Double(active.count)))
        let all = TripletLoss(margin: 0.2, averagesActiveOnly: false)(
            embeddings, labels: [0, 0, 1, 1], mining: .batchAll)
        #expect(isNear(all.loss.scalar, active.reduce(0, +) / 8))
    }

    @Test func aBatchWithoutTripletsIsAStepWithoutChange() {
        let x = embeddings
        x.requiresGradient = true
        let result = TripletLoss()(x, labels: [0, 1, 2, 3], mining: .semiHard)
        result.loss.backward()
        #expect(result.loss.scalar == 0 && result.count == 0 && result.activeShare == 0)
        #expect(x.gradient?.floats.allSatisfy { $0 == 0 } == true)
    }

    @Test(arguments: TripletMiner.allCases) func hasTheGradientOfItsSlope(miner: TripletMiner) {
        let values: [Float] = [0.9, 0.1, 0.3, 0.5, 0.8, -0.2, 0.2, 0.6, 0.4, -0.5, 0.1, 0.7]
        expectGradient(at: values, shape: [4, 3], step: 1e-3) {
            TripletLoss(margin: 2)($0, labels: [0, 0, 1, 1], mining: miner).loss
        }
    }
}
