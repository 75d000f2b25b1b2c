import Pixels

extension Image {
    /// The picture changed as a crop of it was changed: the differences are brought back to where the crop was cut, so
    /// that what did not change keeps the picture's own detail.
    ///
    /// - Parameters:
    ///   - crop: The crop as it was cut.
    ///   - made: What was made of it, as large.
    ///   - transform: From the picture's pixels to the crop's.
    func changed(as crop: Image, to made: Image, at transform: SimilarityTransform) -> Image {
        let back = transform.inverse
        let corners = [(0, 0), (crop.width, 0), (0, crop.height), (crop.width, crop.height)].map {
            back(Point(x: Float($0.0), y: Float($0.1)))
        }
        let left = max(Int((corners.map(\.x).min() ?? 0).rounded(.down)), 0)
        let top = max(Int((corners.map(\.y).min() ?? 0).rounded(.down)), 0)
        let right = min(Int((corners.map(\.x).max() ?? 0).rounded(.up)), width)
        let bottom = min(Int((corners.map(\.y).max() ?? 0).rounded(.up)), height)
        guard left < right, top < bottom else { return self }
        // Both are brought back alike: where they are equal the difference is nothing, at the crop's edge too.
        let place = SimilarityTransform(a: back.a, b: back.b, tx: back.tx - Float(left), ty: back.ty - Float(top))
        let before = crop.warped(by: place, width: right - left, height: bottom - top)
        let after = made.warped(by: place, width: right - left, height: bottom - top)
        var pixels = pixels
        for y in top..<bottom {
            let row = ((y - top) * (right - left)) * 3, target = (y * width + left) * 3
            for index in 0..<(right - left) * 3 {
                let change = Int(after.pixels[row + index]) - Int(before.pixels[row + index])
                pixels[target + index] = UInt8(min(max(Int(pixels[target + index]) + change, 0), 255))
            }
        }
        return Image(width: width, height: height, pixels: pixels)
    }
}
