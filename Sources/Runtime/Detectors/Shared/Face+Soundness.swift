import Faces
import Pixels

extension Face {
    /// Returns whether these can be the numbers of a face in a picture of `size`.
    ///
    /// A network may put out any number, infinite ones and none among them, and boxes are exponentials of what it puts
    /// out: what is no face is dropped before anything is computed from it.
    func isSound(in size: PixelSize) -> Bool {
        let longest = Float(size.longest), near = -longest...2 * longest
        guard confidence >= 0, confidence <= 1, box.width >= 1, box.height >= 1,
            box.width <= 3 * longest, box.height <= 3 * longest, near.contains(box.center.x),
            near.contains(box.center.y)
        else { return false }
        let points = landmarks.points
        guard points.allSatisfy({ near.contains($0.x) && near.contains($0.y) }) else { return false }
        // Nothing can be aligned on five points that are one.
        let side = max(box.width, box.height)
        return points.contains { abs($0.x - points[0].x) + abs($0.y - points[0].y) > side / 100 }
    }
}

extension [Face] {
    /// The most candidates of a look, before overlapping ones are dropped: OpenCV's number for YuNet. Comparing each with
    /// each stays a matter of milliseconds, whatever the network says of the picture.
    static let mostCandidates = 5000

    /// Returns the faces that ``Face/isSound(in:)``; of more than ``mostCandidates`` the most confident ones.
    func sound(in size: PixelSize) -> [Face] {
        let sound = filter { $0.isSound(in: size) }
        guard sound.count > Self.mostCandidates else { return sound }
        return Array(sound.sorted { $0.confidence > $1.confidence }.prefix(Self.mostCandidates))
    }
}
