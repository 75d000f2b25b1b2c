public import Pixels

/// Five points of a face; left and right are *as seen in the image*, so the left eye is the one nearer the left edge
/// in an upright, unmirrored picture (the person's own right eye).
public struct Landmarks: Hashable, Codable, Sendable {
    /// Center of the eye on the image's left.
    public var leftEye: Point
    /// Center of the eye on the image's right.
    public var rightEye: Point
    /// Tip of the nose.
    public var nose: Point
    /// Corner of the mouth on the image's left.
    public var leftMouth: Point
    /// Corner of the mouth on the image's right.
    public var rightMouth: Point

    /// Creates five points in the image's pixels.
    public init(leftEye: Point, rightEye: Point, nose: Point, leftMouth: Point, rightMouth: Point) {
        self.leftEye = leftEye
        self.rightEye = rightEye
        self.nose = nose
        self.leftMouth = leftMouth
        self.rightMouth = rightMouth
    }

    /// Left eye, right eye, nose, left mouth corner, right mouth corner: the order of every template.
    public var points: [Point] { [leftEye, rightEye, nose, leftMouth, rightMouth] }

    /// Creates five landmarks from their points in the order of ``points``.
    public init(points: [Point]) {
        precondition(points.count == 5, "a face has five landmarks")
        self.init(
            leftEye: points[0], rightEye: points[1], nose: points[2], leftMouth: points[3], rightMouth: points[4])
    }

    /// Returns the same landmarks with `transform` applied to each.
    public func mapped(_ transform: (Point) -> Point) -> Landmarks {
        Landmarks(points: points.map(transform))
    }
}
