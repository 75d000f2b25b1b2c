public import Pixels

/// A crop that a generator has translated.
public struct TranslatedCrop: Sendable, Hashable {
    /// The new picture, of the same size as the crop.
    public let image: Image
    /// The share of each pixel that is new, 0 to 255, in row-major order from the top.
    public let share: [UInt8]

    /// Returns the new parts, weighted by their share: the new picture without the parts that come from `crop`.
    func paint(over crop: Image) -> Image {
        var pixels = image.pixels
        for place in share.indices {
            let kept = 255 - Int(share[place])
            for index in place * 3..<place * 3 + 3 {
                let rest = Int(image.pixels[index]) - (Int(crop.pixels[index]) * kept + 127) / 255
                pixels[index] = UInt8(min(max(rest, 0), 255))
            }
        }
        return Image(width: image.width, height: image.height, pixels: pixels)
    }

    /// The shares as a gray picture.
    var shareImage: Image {
        Image(width: image.width, height: image.height, pixels: share.flatMap { [$0, $0, $0] })
    }
}
