/// A point in an image, in pixels from the top left.
///
/// The center of the first pixel is (0, 0), as in OpenCV's warps and in ArcFace's alignment templates.
public struct Point: Hashable, Codable, Sendable {
    /// The distance from the left edge, in pixels.
    public var x: Float
    /// The distance from the top edge, in pixels.
    public var y: Float

    /// Creates a point at `x`, `y`, in pixels from the top left.
    public init(x: Float, y: Float) {
        self.x = x
        self.y = y
    }
}

/// An axis-parallel rectangle in pixels from the top left.
///
/// It may reach outside the image.
public struct Box: Hashable, Codable, Sendable {
    /// The left edge, in pixels.
    public var x: Float
    /// The top edge, in pixels.
    public var y: Float
    /// The width, in pixels.
    public var width: Float
    /// The height, in pixels.
    public var height: Float

    /// Creates a box from its left and top edges and its size, in pixels.
    public init(x: Float, y: Float, width: Float, height: Float) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// The center of the box.
    public var center: Point { Point(x: x + width / 2, y: y + height / 2) }

    /// Width times height, in square pixels; 0 if either is negative.
    public var area: Float { max(width, 0) * max(height, 0) }

    /// Returns the part that both boxes cover; its size is zero if they don't overlap.
    public func intersection(_ other: Box) -> Box {
        let left = max(x, other.x)
        let top = max(y, other.y)
        let right = min(x + width, other.x + other.width)
        let bottom = min(y + height, other.y + other.height)
        return Box(x: left, y: top, width: max(right - left, 0), height: max(bottom - top, 0))
    }

    /// Returns the intersection over union, 0...1.
    public func overlap(with other: Box) -> Float {
        let shared = intersection(other).area
        let union = area + other.area - shared
        return union > 0 ? shared / union : 0
    }
}
