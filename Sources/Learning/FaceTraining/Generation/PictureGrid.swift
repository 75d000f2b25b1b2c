import Pixels
import Tensors

/// A sheet of pictures in rows, for visual inspection.
enum PictureGrid {
    /// Returns the sheet.
    ///
    /// - Parameter rows: Batches with equal numbers of pictures, `[batch, 3 or 1, side, side]`, −1 to 1.
    static func image(_ rows: [Tensor]) -> Image {
        let shape = rows[0].shape
        let (count, side) = (shape[0], shape[2])
        let width = count * side
        var pixels = [UInt8](repeating: 0, count: width * rows.count * side * 3)
        for (row, pictures) in rows.enumerated() {
            let bytes = pictureBytes(pictures)
            for picture in 0..<count {
                for y in 0..<side {
                    let from = (picture * side + y) * side * 3
                    let to = ((row * side + y) * width + picture * side) * 3
                    pixels.replaceSubrange(to..<to + side * 3, with: bytes[from..<from + side * 3])
                }
            }
        }
        return Image(width: width, height: rows.count * side, pixels: pixels)
    }

    /// Converts `[batch, 3 or 1, side, side]`, −1 to 1, to bytes `[batch, side, side, 3]`.
    static func pictureBytes(_ pictures: Tensor) -> [UInt8] {
        let colours = pictures.shape[1] == 3 ? pictures : .concatenated([pictures, pictures, pictures], axis: 1)
        return colours.permuted([0, 2, 3, 1]).floats.map { UInt8(min(max(($0 + 1) * 127.5, 0), 255).rounded()) }
    }
}
