extension Image {
    /// The picture seen through `transform` (from this picture's pixels to the result's), bilinear, black outside.
    ///
    /// As OpenCV's `warpAffine`: the centre of the first pixel is (0, 0).
    public func warped(by transform: SimilarityTransform, width: Int, height: Int) -> Image {
        let inverse = transform.inverse
        var result = Image(width: width, height: height)
        for y in 0..<height {
            for x in 0..<width {
                let source = inverse(Point(x: Float(x), y: Float(y)))
                let left = source.x.rounded(.down), top = source.y.rounded(.down)
                guard left >= -1, top >= -1, left < Float(self.width), top < Float(self.height) else { continue }
                let fx = source.x - left, fy = source.y - top
                for channel in 0..<3 {
                    var value: Float = 0
                    for (dx, dy, weight) in [
                        (0, 0, (1 - fx) * (1 - fy)), (1, 0, fx * (1 - fy)), (0, 1, (1 - fx) * fy), (1, 1, fx * fy),
                    ] {
                        let sx = Int(left) + dx, sy = Int(top) + dy
                        if sx >= 0, sy >= 0, sx < self.width, sy < self.height {
                            value += weight * Float(pixels[(sy * self.width + sx) * 3 + channel])
                        }
                    }
                    result.pixels[(y * width + x) * 3 + channel] = UInt8(min(max(value.rounded(), 0), 255))
                }
            }
        }
        return result
    }
}
