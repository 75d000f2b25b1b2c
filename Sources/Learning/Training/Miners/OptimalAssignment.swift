import Foundation

/// The choice of the places that learn each face: those at which the network's own output already comes nearest, as
/// many as there are good ones.
///
/// Ge et al., *YOLOX: Exceeding YOLO Series in 2021*, 2021 (arXiv:2107.08430), "SimOTA", a simple form of an optimal
/// transport between places and faces. YuNet's authors train with it and with these numbers.
///
/// It works on plain numbers: no gradient flows through the choice.
public struct OptimalAssignment: Sendable, Hashable {
    /// The distance from a face's center, in strides, within which a place is likely to learn it.
    public var centerRadius: Float = 2.5
    /// The number of best boxes whose overlaps are summed: the sum is the number of places that learn a face.
    public var candidates = 10
    /// The weight of the overlap's logarithm against that of the score.
    public var overlapWeight: Float = 3

    /// Creates the choice with the published numbers.
    public init() {}

    /// A place that learns a face.
    public struct Match: Sendable, Hashable {
        /// The place's number.
        public let place: Int
        /// The face's number.
        public let face: Int
        /// The overlap of the network's box at this place with the face's.
        public let overlap: Float
    }

    /// The cost of a place that is not both in a face's box and near its center.
    private static let farCost: Float = 100_000

    /// Returns the places that learn faces, in order; each learns one.
    ///
    /// - Parameters:
    ///   - faces: The boxes of the picture's faces.
    ///   - places: The network's places.
    ///   - boxes: The network's box at each place.
    ///   - scores: The network's confidence at each place, 0 to 1.
    public func matches(
        faces: [BoxEdges], places: DetectionPlaces, boxes: [BoxEdges], scores: [Float]
    ) -> [Match] {
        precondition(boxes.count == places.count && scores.count == places.count, "there is one output for each place")
        var best: [Int: (match: Match, cost: Float)] = [:]
        let valid = places.x.indices.filter { place in faces.contains { isNear($0, place, places).either } }
        for (number, face) in faces.enumerated() {
            let overlaps = valid.map { face.overlap(with: boxes[$0]) }
            let sum = overlaps.sorted(by: >).prefix(candidates).reduce(0, +)
            let nearness = valid.map { isNear(face, $0, places) }
            let costs = zip(zip(valid, overlaps), nearness).map { output, near in
                cost(score: scores[output.0], overlap: output.1) + (near.both ? 0 : Self.farCost)
            }
            // A face outside the picture would otherwise take a place from another face.
            let order = valid.indices.filter { nearness[$0].either }.sorted { (costs[$0], $0) < (costs[$1], $1) }
            for index in order.prefix(max(Int(sum), 1)) {
                let match = Match(place: valid[index], face: number, overlap: overlaps[index])
                if let other = best[match.place], other.cost <= costs[index] { continue }
                best[match.place] = (match, costs[index])
            }
        }
        return best.values.map(\.match).sorted { $0.place < $1.place }
    }

    /// Returns whether the middle of a place is in a face's box or near its center, and whether it is both.
    private func isNear(_ face: BoxEdges, _ place: Int, _ places: DetectionPlaces) -> (either: Bool, both: Bool) {
        let stride = places.stride[place], radius = centerRadius * stride
        let (x, y) = (places.x[place] + stride / 2, places.y[place] + stride / 2)
        let (centerX, centerY) = ((face.left + face.right) / 2, (face.top + face.bottom) / 2)
        let isInside = face.contains(x, y)
        let isCentral = BoxEdges(
            left: centerX - radius, top: centerY - radius, right: centerX + radius, bottom: centerY + radius
        ).contains(x, y)
        return (isInside || isCentral, isInside && isCentral)
    }

    /// −log √score − weight · log overlap.
    private func cost(score: Float, overlap: Float) -> Float {
        let likelihood = min(max(score.isNaN ? 0 : score, 0), 1).squareRoot()
        // The smallest logarithm is that of PyTorch's cross-entropy.
        return -max(log(likelihood), -100) - overlapWeight * log(overlap + 1e-7)
    }
}
