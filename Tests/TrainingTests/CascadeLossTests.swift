import Foundation
import Tensors
import Testing
import Training

@Suite(.enabled(if: Engine.isThere, Engine.isNeeded)) struct CascadeLossTests {
    init() throws { try Engine.open() }

    private let logits: [Float] = [2, -1, 0, 0, -1, 3, 1, 1.5]
    private let boxes: [Float] = [0.1, 0.2, -0.1, 0, 0.5, 0, 0, -0.5, 1, 1, 1, 1, 0, 0, 0.25, 0]
    private let points = (0..<40).map { Float($0) / 40 }

    /// A square without a face, half a face with a box, a face with box and landmarks, a face with landmarks only.
    private var targets: CascadeTargets {
        var targets = CascadeTargets()
        targets.append(isFace: false)
        targets.append(isFace: nil, box: [0.25, 0, 0, 0])
        targets.append(isFace: true, box: [1, 1, 0, 1], landmarks: [Float](repeating: 0.5, count: 10))
        targets.append(isFace: true, landmarks: [Float](repeating: 0.75, count: 10))
        return targets
    }

    private func loss(_ weights: CascadeLoss.Weights, hard: HardExamples? = nil) -> CascadeLoss.Result {
        CascadeLoss(weights, hardExamples: hard)(
            logits: Tensor(logits, shape: [4, 2]), boxes: Tensor(boxes, shape: [4, 4]),
            landmarks: Tensor(points, shape: [4, 10]), targets: targets)
    }

    /// −log p of an example whose logit for the right answer is `margin` above the other.
    private func entropy(_ margin: Double) -> Double { log(1 + exp(-margin)) }

    @Test func theEquationsByHand() {
        let result = loss(.output)
        #expect(isNear(result.classification.scalar, (entropy(3) + entropy(4) + entropy(0.5)) / 3))
        // (0.5 − 0.25)² + 0.5² of the second, 1² of the third.
        #expect(isNear(result.box.scalar, (0.0625 + 0.25 + 1) / 2))
        let third = (20..<30).reduce(0.0) { $0 + pow(Double($1) / 40 - 0.5, 2) }
        let fourth = (30..<40).reduce(0.0) { $0 + pow(Double($1) / 40 - 0.75, 2) }
        #expect(isNear(result.landmarks.scalar, (third + fourth) / 2))
    }

    @Test(arguments: [CascadeLoss.Weights.proposal, .output]) func theTotalIsWeighted(_ weights: CascadeLoss.Weights) {
        let result = loss(weights)
        let parts = [result.classification, result.box, result.landmarks].map { Double($0.scalar) }
        let expected = parts[0] + 0.5 * parts[1] + (weights == .output ? 1 : 0.5) * parts[2]
        #expect(isNear(result.total.scalar, expected))
    }

    @Test func onlyTheHardestExamplesCount() {
        // Of three examples with a class, 0.7 · 3 = 2.1 are kept: not the one with a margin of 4.
        let result = loss(.proposal, hard: HardExamples())
        #expect(isNear(result.classification.scalar, (entropy(3) + entropy(0.5)) / 2))
    }

    @Test func theHardestAreInOrder() {
        let losses: [Float] = [1, 5, 3, .nan, 3, 0, 2, 9, 4, 6]
        #expect(HardExamples().rows(of: losses, among: Array(0..<10)) == [3, 7, 9, 1, 8, 2, 4])
        #expect(HardExamples().rows(of: losses, among: [0, 5]) == [0])
        #expect(HardExamples(share: 0.1).rows(of: losses, among: [5]) == [5])
        #expect(HardExamples(share: 1).rows(of: losses, among: []) == [])
    }

    @Test func easyExamplesHaveNoGradient() {
        let x = Tensor(logits, shape: [4, 2])
        x.requiresGradient = true
        CascadeLoss(.proposal)(
            logits: x, boxes: Tensor(boxes, shape: [4, 4]), landmarks: nil, targets: targets
        ).total.backward()
        let rows = x.gradient?.magnitude.sum(1).floats ?? []
        #expect(rows.count == 4 && rows[1] == 0 && rows[2] == 0 && rows[0] > 0 && rows[3] > 0)
    }

    @Test func partsWithoutTargetsAreZero() {
        var targets = CascadeTargets()
        targets.append(isFace: nil)
        let x = Tensor([1, 2], shape: [1, 2])
        x.requiresGradient = true
        let result = CascadeLoss(.output)(
            logits: x, boxes: Tensor([1, 1, 1, 1], shape: [1, 4]), landmarks: nil, targets: targets)
        result.total.backward()
        #expect(result.total.scalar == 0 && x.gradient?.floats == [0, 0])
    }

    @Test func hasTheGradientOfItsSlope() {
        let loss = CascadeLoss(.output, hardExamples: nil)
        let (boxes, points) = (Tensor(boxes, shape: [4, 4]), Tensor(points, shape: [4, 10]))
        expectGradient(at: logits, shape: [4, 2]) {
            loss(logits: $0, boxes: boxes, landmarks: points, targets: targets).total
        }
        let logits = Tensor(logits, shape: [4, 2])
        expectGradient(at: self.boxes, shape: [4, 4]) {
            loss(logits: logits, boxes: $0, landmarks: points, targets: targets).total
        }
    }
}
