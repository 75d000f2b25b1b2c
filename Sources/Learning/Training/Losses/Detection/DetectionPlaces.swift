/// A box by its edges, in pixels.
public struct BoxEdges: Sendable, Hashable {
    /// The left edge.
    public var left: Float
    /// The top edge.
    public var top: Float
    /// The right edge.
    public var right: Float
    /// The bottom edge.
    public var bottom: Float

    /// Creates a box from its edges.
    public init(left: Float, top: Float, right: Float, bottom: Float) {
        (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom)
    }

    /// Left, top, right and bottom.
    public var values: [Float] { [left, top, right, bottom] }

    /// Returns the intersection over union, 0 to 1; 0 if an edge is not finite.
    public func overlap(with other: BoxEdges) -> Float {
        func area(_ box: BoxEdges) -> Float { max(box.right - box.left, 0) * max(box.bottom - box.top, 0) }
        let shared = area(
            BoxEdges(
                left: max(left, other.left), top: max(top, other.top), right: min(right, other.right),
                bottom: min(bottom, other.bottom)))
        let overlap = shared / (area(self) + area(other) - shared)
        return overlap.isFinite ? overlap : 0
    }

    /// Returns whether a point is inside, edges excluded.
    func contains(_ x: Float, _ y: Float) -> Bool { x > left && x < right && y > top && y < bottom }
}

/// The places at which a detector without anchors judges a picture: the finest level first and each level row by row.
public struct DetectionPlaces: Sendable, Hashable {
    /// The left edge of each place, in pixels.
    public let x: [Float]
    /// The top edge of each place, in pixels.
    public let y: [Float]
    /// The side of each place, in pixels.
    public let stride: [Float]

    /// The number of places.
    public var count: Int { x.count }

    /// Creates the places of a picture.
    ///
    /// - Parameters:
    ///   - width: The picture's width in pixels, a multiple of every stride.
    ///   - height: The picture's height in pixels, a multiple of every stride.
    ///   - strides: The side of the places at each level.
    public init(width: Int, height: Int, strides: [Int]) {
        precondition(strides.allSatisfy { $0 > 0 && width % $0 == 0 && height % $0 == 0 }, "places must fill a picture")
        var (x, y, sides): ([Float], [Float], [Float]) = ([], [], [])
        for side in strides {
            for row in 0..<height / side {
                for column in 0..<width / side {
                    x.append(Float(column * side))
                    y.append(Float(row * side))
                    sides.append(Float(side))
                }
            }
        }
        (self.x, self.y, stride) = (x, y, sides)
    }
}
