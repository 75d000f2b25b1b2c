public import Pixels

/// What a generator makes of a crop.
public struct TranslatedCrop: Sendable, Hashable {
    /// The new picture, as large as the crop.
    public let image: Image
    /// How much of each pixel is new, 0 to 255; row by row from the top.
    public let share: [UInt8]

    /// What is new, weighted by its share: the new picture without what it has from `crop`.
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
