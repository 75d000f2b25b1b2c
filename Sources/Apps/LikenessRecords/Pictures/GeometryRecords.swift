/// A point of a picture, in pixels from the top left; the center of the first pixel is (0, 0).
public struct PointRecord: Codable, Hashable, Sendable {
    /// The distance from the left, in pixels.
    public var x: Float
    /// The distance from the top, in pixels.
    public var y: Float

    /// Creates a record from its parts.
    public init(x: Float, y: Float) {
        self.x = x
        self.y = y
    }
}

/// An upright rectangle of a picture, in pixels from the top left.
public struct BoxRecord: Codable, Hashable, Sendable {
    /// The left edge.
    public var x: Float
    /// The upper edge.
    public var y: Float
    /// The width, in pixels.
    public var width: Float
    /// The height, in pixels.
    public var height: Float

    /// Creates a record from its parts.
    public init(x: Float, y: Float, width: Float, height: Float) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }
}

/// Five points of a face; left and right are as seen in the picture.
public struct LandmarksRecord: Codable, Hashable, Sendable {
    /// The center of the eye on the picture's left.
    public var leftEye: PointRecord
    /// The center of the eye on the picture's right.
    public var rightEye: PointRecord
    /// The tip of the nose.
    public var nose: PointRecord
    /// The corner of the mouth on the picture's left.
    public var leftMouth: PointRecord
    /// The corner of the mouth on the picture's right.
    public var rightMouth: PointRecord

    /// Creates a record from its parts.
    public init(
        leftEye: PointRecord, rightEye: PointRecord, nose: PointRecord, leftMouth: PointRecord, rightMouth: PointRecord
    ) {
        self.leftEye = leftEye
        self.rightEye = rightEye
        self.nose = nose
        self.leftMouth = leftMouth
        self.rightMouth = rightMouth
    }
}
