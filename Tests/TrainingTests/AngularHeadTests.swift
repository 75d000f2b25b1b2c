import Foundation
import Tensors
import Testing

@testable import Training

/// Three people at 0°, 90° and 200°, and faces at known angles: the result of each head is plain trigonometry.
@Suite(.enabled(if: Engine.isThere, Engine.isNeeded)) struct AngularHeadTests {
    private let people: [Double] = [0, 90, 200]
    private let faces: [Double] = [10, 150]
    private let labels = [0, 1]
    private let store: ParameterStore

    init() throws {
        try Engine.open()
        // With lengths other than 1, because only directions matter.
        let weight = Tensor(directions(people).map { $0 * 3 }, shape: [3, 2])
        store = ParameterStore(["weight": weight]) { $0 == "scale" }
    }

    private var embeddings: Tensor { Tensor(directions(faces).map { $0 * 0.5 }, shape: [2, 2]) }

    private func cosine(_ face: Int, _ person: Int) -> Double { cos((faces[face] - people[person]) * .pi / 180) }

    /// Returns the mean cross-entropy of logits, given by a formula of the cosine and of whether the class is correct.
    private func byHand(_ logit: (Double, Bool) -> Double) -> Double {
        let losses = labels.indices.map { face in
            let logits = people.indices.map { logit(cosine(face, $0), $0 == labels[face]) }
            return log(logits.map(exp).reduce(0, +)) - logits[labels[face]]
        }
        return losses.reduce(0, +) / Double(losses.count)
    }

    @Test func arcFaceAddsToTheAngle() throws {
        let head = try ArcFaceHead(store.root, dimension: 2, classes: 3, scale: 4, margin: 0.5)
        let expected = byHand { 4 * ($1 ? cos(acos($0) + 0.5) : $0) }
        #expect(isNear(head.loss(embeddings, labels: Tensor(labels)).loss.scalar, expected))
    }

    @Test func arcFaceGoesOnFallingPastTheTurn() throws {
        let head = try ArcFaceHead(store.root, dimension: 2, classes: 3, scale: 4, margin: 0.5)
        // At 170°, π − m is exceeded: cos(170° + 28.6°) would increase again.
        let angles = stride(from: 0.0, through: 180, by: 2)
        let values = head.withMargin(Tensor(angles.map { Float(cos($0 * .pi / 180)) }, shape: [91])).floats
        #expect(zip(values, values.dropFirst()).allSatisfy { $0 > $1 })
        #expect(isNear(values[85], cos(170 * .pi / 180) - 0.5 * sin(0.5)))
    }

    @Test func arcFaceIsFiniteWhereFaceAndPersonCoincide() throws {
        let head = try ArcFaceHead(store.root, dimension: 2, classes: 3)
        let x = Tensor(directions([0, 90]), shape: [2, 2])
        x.requiresGradient = true
        let loss = head.loss(x, labels: Tensor([0, 1])).loss
        loss.backward()
        #expect(loss.scalar.isFinite)
        #expect(x.gradient?.floats.allSatisfy(\.isFinite) == true)
    }

    @Test func cosFaceTakesFromTheCosine() throws {
        let head = try CosFaceHead(store.root, dimension: 2, classes: 3, scale: 4, margin: 0.35)
        let expected = byHand { 4 * ($1 ? $0 - 0.35 : $0) }
        #expect(isNear(head.loss(embeddings, labels: Tensor(labels)).loss.scalar, expected))
    }

    @Test func adaCosBeginsAtTheFixedScale() throws {
        let head = try AdaCosHead(store.root, dimension: 2, classes: 3, isDynamic: false)
        let scale = 2.0.squareRoot() * log(2)
        #expect(isNear(head.loss(embeddings, labels: Tensor(labels)).loss.scalar, byHand { value, _ in scale * value }))
        #expect(isNear(Float(head.currentScale), scale))
    }

    @Test func adaCosFollowsTheBatch() throws {
        let head = try AdaCosHead(store.root, dimension: 2, classes: 3)
        let before = 2.0.squareRoot() * log(2)
        // By the paper, B is the batch's mean sum over the other classes; the angles to the own class are 10° and 60°.
        let sums = labels.indices.map { face in
            people.indices.filter { $0 != labels[face] }.map { exp(before * cosine(face, $0)) }.reduce(0, +)
        }
        let scale = log(sums.reduce(0, +) / 2) / cos(min(.pi / 4, 35 * .pi / 180))
        let loss = head.loss(embeddings, labels: Tensor(labels)).loss
        #expect(isNear(Float(head.currentScale), scale))
        #expect(isNear(loss.scalar, byHand { value, _ in scale * value }))
        #expect(store.entries.contains { $0.name == "scale" && $0.isBuffer })
    }

    @Test func softmaxIsALinearClassifier() throws {
        let store = ParameterStore(seed: 1)
        let head = try SoftmaxHead(store.root, dimension: 2, classes: 3, smoothing: 0.1)
        let logits = head.logits(embeddings)
        let expected = crossEntropy(logits, labels: Tensor(labels), smoothing: 0.1)
        #expect(head.loss(embeddings, labels: Tensor(labels)).loss.scalar == expected.scalar)
        #expect(store.entries.map(\.name) == ["weight", "bias"])
    }

    @Test func accuracyIgnoresTheMargin() throws {
        // At 40°, the face is nearest to person 0, but would not be with ArcFace's margin.
        let head = try ArcFaceHead(store.root, dimension: 2, classes: 3, margin: 0.5)
        let x = Tensor(directions([40]), shape: [1, 2])
        #expect(head.loss(x, labels: Tensor([0])).accuracy.scalar == 1)
        #expect(isNear(head.logits(x).floats[0], 64 * cos(40 * .pi / 180), 1e-4))
    }

    @Test(arguments: ["arc", "cos", "ada", "softmax"]) func haveTheGradientsOfTheirSlopes(kind: String) throws {
        let head: any ClassificationHead =
            switch kind {
            case "arc": try ArcFaceHead(store.root, dimension: 2, classes: 3, scale: 4)
            case "cos": try CosFaceHead(store.root, dimension: 2, classes: 3, scale: 4)
            case "ada": try AdaCosHead(store.root, dimension: 2, classes: 3, isDynamic: false)
            default: try SoftmaxHead(ParameterStore(seed: 1).root, dimension: 2, classes: 3, smoothing: 0.1)
            }
        expectGradient(at: [0.9, 0.3, -0.7, 0.4], shape: [2, 2], step: 3e-3) {
            head.loss($0, labels: Tensor(labels)).loss
        }
    }
}
