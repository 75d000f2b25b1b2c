public import Faces
import Pixels

/// The content of the hidden parts of a face.
///
/// No content is neutral to a network. These two carry little information about identity, and are very different from
/// each other.
public enum HidingFill: String, Codable, Sendable, Hashable, CaseIterable {
    /// The face itself, blurred by a Gaussian with a standard deviation of a tenth of the crop's side: light and skin
    /// color remain, features vanish.
    case blur
    /// The crop's mean color.
    case mean
}

/// An aligned face with prepared fills for hiding parts of it.
public struct HidableFace: Sendable {
    /// The face with nothing hidden.
    public let face: AlignedFace
    private let fills: [HidingFill: Image]

    /// Prepares the fills of `face`.
    public init(_ face: AlignedFace) {
        self.face = face
        fills = Dictionary(uniqueKeysWithValues: HidingFill.allCases.map { ($0, Self.picture($0, for: face.image)) })
    }

    /// Returns the face with the cells of `mask` replaced by `fill`.
    ///
    /// Its context is still that of the whole face.
    public func hiding(_ mask: CellMask, with fill: HidingFill) -> AlignedFace {
        guard let filling = fills[fill] else { preconditionFailure("every fill must be prepared") }
        var image = face.image
        for cell in mask.cells {
            let columns = Self.pixels(of: cell % CellMap.side, in: image.width)
            for y in Self.pixels(of: cell / CellMap.side, in: image.height) {
                let start = (y * image.width + columns.lowerBound) * 3
                let end = (y * image.width + columns.upperBound) * 3
                image.pixels.replaceSubrange(start..<end, with: filling.pixels[start..<end])
            }
        }
        return face.replacingImage(with: image)
    }

    /// Returns the range of pixels, of `length` in total, that a column or row of cells covers.
    static func pixels(of place: Int, in length: Int) -> Range<Int> {
        place * length / CellMap.side..<(place + 1) * length / CellMap.side
    }

    private static func picture(_ fill: HidingFill, for image: Image) -> Image {
        switch fill {
        case .blur: return image.smoothed(sigma: Float(image.width) / 10)
        case .mean:
            var sums = [0, 0, 0]
            for (index, byte) in image.pixels.enumerated() { sums[index % 3] += Int(byte) }
            let count = image.width * image.height
            let mean = sums.map { UInt8(($0 + count / 2) / count) }
            return Image(
                width: image.width, height: image.height, color: Color(red: mean[0], green: mean[1], blue: mean[2]))
        }
    }
}
