import Foundation
import Tensors
import Testing
import Training

/// The expected numbers are those of the same formulas in NumPy, written after the authors' published training code.
@Suite(.enabled(if: Engine.isThere, Engine.isNeeded)) struct DenseDetectionLossTests {
    init() throws { try Engine.open() }

    // MARK: Boxes

    /// Equal boxes, boxes that overlap, boxes apart, nearly equal ones, and one that crosses the other.
    private let boxes: [Float] = [0, 0, 10, 10, 0, 0, 10, 10, 0, 0, 10, 10, 0, 0, 10, 10, 2, 3, 8, 20]
    private let sought: [Float] = [0, 0, 10, 10, 5, 0, 15, 10, 20, 30, 30, 40, 0.2, 0, 10, 10.1, 1, 1, 9, 9]

    @Test func theOverlapIsExtended() {
        let losses = ExtendedOverlapLoss()(Tensor(boxes, shape: [5, 4]), targets: Tensor(sought, shape: [5, 4])).floats
        // The second is 1 − 50 / 150 − 0.05. In the third, the intersection is −1000 and the union 1200.
        for (loss, expected) in zip(losses, [0, 0.616_666_7, 1.783_333_3, 0.004_354_435, 0.673_076_9]) {
            #expect(isNear(loss, expected))
        }
    }

    @Test func boxesThatDoNotMeetHaveASlope() {
        let loss = ExtendedOverlapLoss()
        let targets = Tensor(sought, shape: [5, 4])
        // Not at equal boxes, where edges meet and the smallest and largest of two have no slope.
        let moved = boxes.enumerated().map { $0.element + Float($0.offset % 7) * 0.06 + 0.03 }
        expectGradient(at: moved, shape: [5, 4]) { loss($0, targets: targets).sum() }
        let apart = Tensor([0, 0, 10, 10], shape: [1, 4])
        apart.requiresGradient = true
        loss(apart, targets: Tensor([20, 30, 30, 40], shape: [1, 4])).sum().backward()
        #expect(apart.gradient?.floats.contains { $0 != 0 } == true)
    }

    @Test func entropyAndSmoothDistanceByHand() {
        let entropies = binaryCrossEntropy(
            Tensor([0, 2, -3, 200, -200], shape: [5]), targets: Tensor([1, 0.25, 0, 0, 0], shape: [5])
        ).floats
        let expected = [log(2.0), log(1 + exp(2.0)) - 0.5, log(1 + exp(-3.0)), 200, 0]
        for (found, number) in zip(entropies, expected) { #expect(isNear(found, number)) }
        let distances = smoothDistance(
            Tensor([0.25, -2, 1], shape: [3]), targets: Tensor([0, 1, 1], shape: [3]), beta: 0.5
        ).floats
        for (found, number) in zip(distances, [0.0625, 2.75, 0]) { #expect(isNear(found, number)) }
    }

    // MARK: Places

    private let places = DetectionPlaces(width: 64, height: 64, strides: [8, 16, 32])

    @Test func placesFillThePicture() {
        #expect(places.count == 64 + 16 + 4)
        #expect(places.x[9] == 8 && places.y[9] == 8 && places.stride[9] == 8)
        #expect(places.x[83] == 32 && places.y[83] == 32 && places.stride[83] == 32)
        let wide = DetectionPlaces(width: 96, height: 32, strides: [32])
        #expect(wide.x == [0, 32, 64] && wide.y == [0, 0, 0])
    }

    /// The outputs at the places of a picture, from sines of the place's number.
    private func outputs(_ picture: Int) -> (classes: [Float], objectness: [Float], boxes: [Float], points: [Float]) {
        let k = Double(picture), numbers = (0..<places.count).map(Double.init)
        return (
            numbers.map { Float(sin($0 * 0.7 + k) * 2 - 1) }, numbers.map { Float(cos($0 * 1.3 + k) * 2) },
            numbers.flatMap { i -> [Float] in
                let center = [0.5 + 0.4 * sin(i * 0.9 + k), 0.5 + 0.4 * cos(i * 1.1 + k)]
                return (center + [0.8 + 0.5 * sin(i * 0.37 + k), 0.9 + 0.5 * cos(i * 0.53 + k)]).map(Float.init)
            },
            numbers.flatMap { i in (0..<10).map { Float(sin(i * 0.11 * Double($0 + 1) + k + Double($0))) } }
        )
    }

    /// The network's boxes in pixels.
    private func decoded(_ boxes: [Float]) -> [BoxEdges] {
        places.x.indices.map { place in
            let stride = places.stride[place]
            let x = boxes[place * 4] * stride + places.x[place], y = boxes[place * 4 + 1] * stride + places.y[place]
            let width = exp(boxes[place * 4 + 2]) * stride, height = exp(boxes[place * 4 + 3]) * stride
            return BoxEdges(left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2)
        }
    }

    /// Two faces that nearly coincide, one of them without landmarks, and a larger one.
    private let crowd = [
        DetectionTarget(box: BoxEdges(left: 4, top: 6, right: 22, bottom: 30)),
        DetectionTarget(
            box: BoxEdges(left: 30, top: 28, right: 62, bottom: 60), landmarks: (0..<10).map { Float($0) * 3 + 25 }),
        DetectionTarget(
            box: BoxEdges(left: 4, top: 6, right: 23, bottom: 30), landmarks: (0..<10).map { Float($0) * 2 + 8 }),
    ]
    /// A face that the picture cuts off.
    private let cut = DetectionTarget(
        box: BoxEdges(left: -5, top: 40, right: 9, bottom: 56), landmarks: (0..<10).map { Float($0) * 5 })

    private func matches(_ faces: [DetectionTarget], picture: Int) -> [OptimalAssignment.Match] {
        let outputs = outputs(picture)
        func probability(_ x: Float) -> Float { 1 / (1 + exp(-x)) }
        return OptimalAssignment().matches(
            faces: faces.map(\.box), places: places, boxes: decoded(outputs.boxes),
            scores: zip(outputs.classes, outputs.objectness).map { probability($0) * probability($1) })
    }

    @Test func facesGoToThePlacesThatComeNearest() {
        let found = matches(crowd, picture: 0)
        let expected: [(Int, Int, Double)] = [
            (9, 2, 0.37166), (25, 0, 0.43864), (37, 1, 0.41279), (64, 2, 0.45785), (74, 1, 0.48261), (75, 1, 0.68792),
        ]
        #expect(found.map(\.place) == expected.map(\.0) && found.map(\.face) == expected.map(\.1))
        for (match, number) in zip(found, expected) { #expect(isNear(match.overlap, number.2, 1e-4)) }
        #expect(matches([cut], picture: 2).map(\.place) == [48])
    }

    @Test func whatIsNotInThePictureGoesNowhere() {
        let outside = DetectionTarget(box: BoxEdges(left: 500, top: 500, right: 520, bottom: 520))
        #expect(matches([outside], picture: 0) == [] && matches([], picture: 0) == [])
        #expect(matches([outside, cut], picture: 2).map(\.face) == [1])
    }

    @Test func brokenOutputsDoNotTrap() {
        let broken = [BoxEdges](
            repeating: BoxEdges(left: -.infinity, top: .nan, right: .infinity, bottom: 3), count: places.count)
        let found = OptimalAssignment().matches(
            faces: crowd.map(\.box), places: places, boxes: broken,
            scores: [Float](repeating: .nan, count: places.count))
        #expect(!found.isEmpty && found.allSatisfy { $0.overlap == 0 })
    }

    // MARK: The whole loss

    /// Outputs for three pictures.
    private func batch() -> DenseDetectionLoss.Outputs {
        let all = (0..<3).map(outputs)
        func tensor(_ values: [Float], _ count: Int) -> Tensor { Tensor(values, shape: [3, places.count, count]) }
        return DenseDetectionLoss.Outputs(
            classes: tensor(all.flatMap(\.classes), 1), objectness: tensor(all.flatMap(\.objectness), 1),
            boxes: tensor(all.flatMap(\.boxes), 4), landmarks: tensor(all.flatMap(\.points), 10))
    }

    @Test func thePartsAreThoseOfNumPy() {
        let result = DenseDetectionLoss()(batch(), places: places, targets: [crowd, [], [cut]])
        #expect(result.count == 7)
        #expect(isNear(result.classification.scalar, 0.864_720, 1e-4))
        #expect(isNear(result.objectness.scalar, 33.251_387, 1e-3))
        #expect(isNear(result.box.scalar, 0.489_109, 1e-4))
        #expect(isNear(result.landmarks.scalar, 13.706_200, 1e-3))
        #expect(isNear(result.total.scalar, 37.932_272, 1e-3))
    }

    @Test func picturesWithoutFacesTeachObjectnessOnly() {
        let outputs = batch()
        for tensor in [outputs.classes, outputs.objectness, outputs.boxes, outputs.landmarks] {
            tensor.requiresGradient = true
        }
        let result = DenseDetectionLoss()(outputs, places: places, targets: [[], [], []])
        result.total.backward()
        #expect(result.count == 0 && result.box.scalar == 0 && result.total.scalar > 0)
        #expect(outputs.classes.gradient == nil && outputs.objectness.gradient != nil)
    }

    @Test func stepsAlongTheGradientFindTheFaces() {
        let outputs = batch()
        let all = [outputs.classes, outputs.objectness, outputs.boxes, outputs.landmarks]
        for tensor in all { tensor.requiresGradient = true }
        let loss = DenseDetectionLoss(), targets = [crowd, [], [cut]]
        let before = loss(outputs, places: places, targets: targets)
        for _ in 0..<200 {
            for tensor in all { tensor.clearGradient() }
            loss(outputs, places: places, targets: targets).total.backward()
            for tensor in all {
                guard let gradient = tensor.gradient else { continue }
                tensor.copy(from: withoutGradients { tensor.detached - gradient.clamped(to: -1...1) * 0.05 })
            }
        }
        let after = loss(outputs, places: places, targets: targets)
        #expect(after.total.scalar < before.total.scalar / 2 && after.objectness.scalar < before.objectness.scalar / 2)
        #expect(after.box.scalar < 0.1 && after.landmarks.scalar < before.landmarks.scalar)
    }
}
