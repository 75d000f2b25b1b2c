import Faces
import Pixels

/// The size of a picture.
struct PixelSize: Hashable {
    /// Columns.
    var width: Int
    /// Rows.
    var height: Int

    /// The larger of the two.
    var longest: Int { max(width, height) }

    /// With the longest side at most `side`; smaller ones and those for whom it is `nil` as they are.
    func shrunk(toLongestSide side: Int?) -> PixelSize {
        guard let side, longest > side else { return self }
        let scale = Float(side) / Float(longest)
        return PixelSize(
            width: max(Int((Float(width) * scale).rounded()), 1), height: max(Int((Float(height) * scale).rounded()), 1)
        )
    }
}

extension Image {
    /// Columns and rows.
    var size: PixelSize { PixelSize(width: width, height: height) }

    /// The picture with its longest side at most `side`; smaller ones and those for whom it is `nil` as they are.
    func shrunk(toLongestSide side: Int?) -> Image {
        let size = size, smaller = size.shrunk(toLongestSide: side)
        return smaller == size ? self : resized(width: smaller.width, height: smaller.height, method: .area)
    }

    /// The faces that `look` finds, in the picture's pixels, and where there are none, those that it finds with black
    /// around the picture, `border` of its sides wide.
    ///
    /// Detectors know faces with something around them; one that fills the frame is found only with the border.
    func faces(border: Float, _ look: (Image) throws -> [Face]) rethrows -> [Face] {
        let faces = try look(self)
        guard faces.isEmpty, border > 0 else { return faces }
        let across = Int(Float(width) * border), down = Int(Float(height) * border)
        return try look(padded(left: across, top: down, right: across, bottom: down))
            .map { $0.mapped(scale: 1, dx: -Float(across), dy: -Float(down)) }
    }
}

extension Face {
    /// The face in the pixels of `image`, from those of `shrunk`, the same picture at another size.
    func scaled(from shrunk: Image, to image: Image) -> Face {
        let x = Float(image.width) / Float(shrunk.width), y = Float(image.height) / Float(shrunk.height)
        guard x != 1 || y != 1 else { return self }
        return Face(
            box: Box(x: box.x * x, y: box.y * y, width: box.width * x, height: box.height * y),
            confidence: confidence, landmarks: landmarks.mapped { Point(x: $0.x * x, y: $0.y * y) })
    }
}
