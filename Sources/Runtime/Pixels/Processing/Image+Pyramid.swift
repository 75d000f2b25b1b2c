/// A picture at one of several sizes, with its scale.
public struct PyramidLevel: Hashable, Sendable {
    /// The picture.
    public let image: Image
    /// The size as a share of the original's.
    ///
    /// The sides are rounded, the scale is not.
    public let scale: Float
}

extension Image {
    /// Returns the picture at decreasing sizes, the largest first, each made from the original.
    ///
    /// - Parameters:
    ///   - first: The scale of the first level, positive.
    ///   - factor: The factor from each scale to the next, between 0 and 1.
    ///   - minimumSide: The least length of a level's shorter side, before rounding. Smaller levels are left out.
    ///   - method: The resampling method.
    /// - Returns: The levels; none if the first is too small already. Sides are scaled and rounded down plus one, as in
    ///   facenet-pytorch's MTCNN.
    public func pyramid(
        from first: Float = 1, factor: Float, minimumSide: Int, method: ResizeMethod = .area
    ) -> [PyramidLevel] {
        precondition(first > 0 && factor > 0 && factor < 1 && minimumSide > 0, "a pyramid gets smaller and ends")
        var levels: [PyramidLevel] = []
        var scale = first
        while Float(min(width, height)) * scale >= Float(minimumSide) {
            let image = resized(
                width: Int(Float(width) * scale + 1), height: Int(Float(height) * scale + 1), method: method)
            levels.append(PyramidLevel(image: image, scale: scale))
            scale *= factor
        }
        return levels
    }
}
