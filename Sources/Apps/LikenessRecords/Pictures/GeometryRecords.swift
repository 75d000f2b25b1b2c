/// A point of a picture, in pixels from the top left; the center of the first pixel is (0, 0).
public struct PointRecord: Codable, Hashable, Sendable {
    /// Pixels to the right.
    public var x: Float
    /// Pixels down.
    public var y: Float

    /// A record from its parts.
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
    /// Pixels from the left edge to the right one.
    public var width: Float
    /// Pixels from the upper edge to the lower one.
    public var height: Float

    /// A record from its parts.
    public init(x: Float, y: Float, width: Float, height: Float) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }
}

/// Five points of a face; left and right are as seen in the picture.
public struct LandmarksRecord: Codable, Hashable, Sendable {
    /// Center of the eye on the picture's left.
    public var leftEye: PointRecord
    /// Center of the eye on the picture's right.
    public var rightEye: PointRecord
    /// Tip of the nose.
    public var nose: PointRecord
    /// Corner of the mouth on the picture's left.
    public var leftMouth: PointRecord
    /// Corner of the mouth on the picture's right.
    public var rightMouth: PointRecord

    /// A record from its parts.
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
