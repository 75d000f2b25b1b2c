import Faces
import Pixels

extension Face {
    /// Returns whether the numbers can be those of a face in a picture of `size`.
    ///
    /// A network may output any number, including infinity and NaN, and boxes are exponentials of its output. Invalid
    /// faces are dropped before anything is computed from them.
    func isSound(in size: PixelSize) -> Bool {
        let longest = Float(size.longest), near = -longest...2 * longest
        guard confidence >= 0, confidence <= 1, box.width >= 1, box.height >= 1,
            box.width <= 3 * longest, box.height <= 3 * longest, near.contains(box.center.x),
            near.contains(box.center.y)
        else { return false }
        let points = landmarks.points
        guard points.allSatisfy({ near.contains($0.x) && near.contains($0.y) }) else { return false }
        // Alignment is impossible if all five points coincide.
        let side = max(box.width, box.height)
        return points.contains { abs($0.x - points[0].x) + abs($0.y - points[0].y) > side / 100 }
    }
}

extension [Face] {
    /// The largest number of candidates of a search before suppression, which is OpenCV's for YuNet.
    ///
    /// It keeps the pairwise comparison within milliseconds, whatever the network's output.
    static let mostCandidates = 5000

    /// Returns the faces that are valid (``Face/isSound(in:)``), at most the ``mostCandidates`` most confident ones.
    func sound(in size: PixelSize) -> [Face] {
        let sound = filter { $0.isSound(in: size) }
        guard sound.count > Self.mostCandidates else { return sound }
        return Array(sound.sorted { $0.confidence > $1.confidence }.prefix(Self.mostCandidates))
    }
}
