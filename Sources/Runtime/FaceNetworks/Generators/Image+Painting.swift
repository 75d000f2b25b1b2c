import Pixels

extension Image {
    /// Returns the picture with the new parts of a translated crop painted over it. Everywhere else, the picture keeps
    /// its own detail, even if that is much finer than the crop's.
    ///
    /// - Parameters:
    ///   - made: The translated crop.
    ///   - crop: The original crop.
    ///   - transform: The transform from the picture's pixels to the crop's.
    func painted(with made: TranslatedCrop, of crop: Image, at transform: SimilarityTransform) -> Image {
        let back = transform.inverse
        let corners = [(0, 0), (crop.width, 0), (0, crop.height), (crop.width, crop.height)].map {
            back(Point(x: Float($0.0), y: Float($0.1)))
        }
        let left = max(Int((corners.map(\.x).min() ?? 0).rounded(.down)), 0)
        let top = max(Int((corners.map(\.y).min() ?? 0).rounded(.down)), 0)
        let right = min(Int((corners.map(\.x).max() ?? 0).rounded(.up)), width)
        let bottom = min(Int((corners.map(\.y).max() ?? 0).rounded(.up)), height)
        guard left < right, top < bottom else { return self }
        let place = SimilarityTransform(a: back.a, b: back.b, tx: back.tx - Float(left), ty: back.ty - Float(top))
        let paint = made.paint(over: crop).warped(by: place, width: right - left, height: bottom - top)
        let share = made.shareImage.warped(by: place, width: right - left, height: bottom - top)
        var pixels = pixels
        for y in top..<bottom {
            let row = ((y - top) * (right - left)) * 3, target = (y * width + left) * 3
            for index in 0..<(right - left) * 3 where share.pixels[row + index] > 0 {
                let kept = 255 - Int(share.pixels[row + index])
                let value = (Int(pixels[target + index]) * kept + 127) / 255 + Int(paint.pixels[row + index])
                pixels[target + index] = UInt8(min(value, 255))
            }
        }
        return Image(width: width, height: height, pixels: pixels)
    }
}
