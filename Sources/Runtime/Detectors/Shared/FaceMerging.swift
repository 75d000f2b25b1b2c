package import Faces
import Pixels

extension [Face] {
    /// Returns these faces together with those of a further search of the same picture, without duplicates; most
    /// confident first.
    ///
    /// Boxes are duplicates if they overlap much, or if one of them mostly covers the other.
    ///
    /// A face that both searches found stays as it is here, with the higher of the two confidences.
    ///
    /// - Parameter others: The faces of the further search.
    package func merged(with others: [Face]) -> [Face] {
        var faces = self, new: [Face] = []
        for other in others.sorted(by: { $0.confidence > $1.confidence }) {
            let same = faces.indices.filter { faces[$0].box.overlap(with: other.box) > Self.duplicate }
            guard let best = same.max(by: { faces[$0].confidence < faces[$1].confidence }) else {
                if new.allSatisfy({ $0.box.overlap(with: other.box) <= Self.duplicate }) { new.append(other) }
                continue
            }
            faces[best].confidence = Swift.max(faces[best].confidence, other.confidence)
        }
        return (faces + new).withoutCovered(over: Self.greatestCoverage)
    }

    /// The intersection over union from which boxes of two searches count as one face.
    private static let duplicate: Float = 0.3
    /// The greatest part of a face that more confident faces may cover.
    private static let greatestCoverage: Float = 0.52
}
