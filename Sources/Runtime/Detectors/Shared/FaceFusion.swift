package import Faces
import Pixels

/// A face that one or several looks at a picture found.
package struct FusedFace: Hashable, Sendable {
    /// The face. Its box and landmarks are means over the looks, weighted by the square of the confidence; its
    /// confidence is the highest.
    package var face: Face
    /// The confidence in each look that found the face, by the index of the look.
    package let confidences: [Int: Float]
    /// The face as the first of these looks found it.
    package let first: Face

    /// The faces of all looks that count as this one.
    fileprivate struct Group {
        private(set) var box: Box
        private var members: [(face: Face, look: Int)]

        init(_ face: Face, _ look: Int) { (box, members) = (face.box, [(face, look)]) }

        mutating func add(_ face: Face, _ look: Int) {
            members.append((face, look))
            box = mean.box
        }

        private var mean: Face {
            guard members.count > 1 else { return members[0].face }
            let weights = members.map { $0.face.confidence * $0.face.confidence }, total = weights.reduce(0, +)
            guard total > 0 else { return members[0].face }
            func mean(_ value: (Face) -> Float) -> Float {
                zip(members, weights).reduce(0) { $0 + value($1.0.face) * $1.1 } / total
            }
            let points = (0..<5).map { index in
                Point(x: mean { $0.landmarks.points[index].x }, y: mean { $0.landmarks.points[index].y })
            }
            return Face(
                box: Box(
                    x: mean(\.box.x), y: mean(\.box.y), width: mean(\.box.width), height: mean(\.box.height)),
                confidence: members[0].face.confidence, landmarks: Landmarks(points: points))
        }

        /// The members come in order of decreasing confidence.
        var fused: FusedFace {
            var confidences: [Int: Float] = [:], first = members[0]
            for member in members {
                confidences[member.look] = max(confidences[member.look] ?? 0, member.face.confidence)
                if member.look < first.look { first = member }
            }
            return FusedFace(face: mean, confidences: confidences, first: first.face)
        }
    }
}

extension [[Face]] {
    /// Returns the faces of several looks at the same picture, each face once; most confident first.
    ///
    /// The looks disagree about the exact place of a small face, and their mean is nearer to the true one than any of
    /// them. At most 5000 faces are returned.
    package func fused() -> [FusedFace] {
        let found = enumerated().flatMap { look, faces in faces.map { (face: $0, look: look) } }
            .sorted {
                (-$0.face.confidence, $0.look, $0.face.box.x, $0.face.box.y)
                    < (-$1.face.confidence, $1.look, $1.face.box.x, $1.face.box.y)
            }
            .prefix(Faces.mostCandidates)
        var groups: [FusedFace.Group] = []
        for (face, look) in found {
            let best = groups.indices.map { (index: $0, overlap: groups[$0].box.overlap(with: face.box)) }
                .max { $0.overlap < $1.overlap }
            if let best, best.overlap > Self.same {
                groups[best.index].add(face, look)
            } else {
                groups.append(FusedFace.Group(face, look))
            }
        }
        return groups.map(\.fused)
    }

    private typealias Faces = [Face]

    /// The intersection over union from which boxes of two looks show the same face.
    private static var same: Float { 0.4 }
}

extension [FusedFace] {
    /// Returns these faces without those that more confident ones overlap or cover, as in one look.
    package func withoutDuplicates() -> [FusedFace] {
        let faces = map(\.face).suppressed(threshold: Self.duplicate).withoutCovered(over: Self.greatestCoverage)
        let kept = Dictionary(map { ($0.face, $0) }) { first, _ in first }
        return faces.compactMap { kept[$0] }
    }

    /// The greatest intersection over union of two faces.
    private static var duplicate: Float { 0.35 }
    /// The greatest part of a face that more confident faces may cover.
    private static var greatestCoverage: Float { 0.52 }
}
