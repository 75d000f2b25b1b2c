public import Pixels

/// The five landmarks of a face.
///
/// Left and right are *as seen in the image*.
///
/// In an upright, unmirrored picture, the left eye is the one nearer to the left edge, which is the person's own right
/// eye.
public struct Landmarks: Hashable, Codable, Sendable {
    /// The center of the eye on the image's left.
    public var leftEye: Point
    /// The center of the eye on the image's right.
    public var rightEye: Point
    /// The tip of the nose.
    public var nose: Point
    /// The corner of the mouth on the image's left.
    public var leftMouth: Point
    /// The corner of the mouth on the image's right.
    public var rightMouth: Point

    /// Creates landmarks from five points in the image's pixels.
    public init(leftEye: Point, rightEye: Point, nose: Point, leftMouth: Point, rightMouth: Point) {
        self.leftEye = leftEye
        self.rightEye = rightEye
        self.nose = nose
        self.leftMouth = leftMouth
        self.rightMouth = rightMouth
    }

    /// The points in the order of every template: left eye, right eye, nose, left mouth corner, right mouth corner.
    public var points: [Point] { [leftEye, rightEye, nose, leftMouth, rightMouth] }

    /// Creates landmarks from points in the order of ``points``.
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
