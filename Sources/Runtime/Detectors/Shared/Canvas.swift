import Pixels

/// The network's black input, with a picture at its top left.
///
/// A network is compiled for each size, so there are few sizes. The long side is one of ``sides`` or a larger multiple
/// of 128. The short side is a quarter, half, three quarters or all of it (or only some of these), rounded up to
/// ``step``.
struct Canvas: Hashable {
    /// The number of columns.
    let width: Int
    /// The number of rows.
    let height: Int
}

extension Canvas {
    /// The largest of the strides 8, 16 and 32: every side is a multiple of it.
    static let step = 32

    /// The long sides of small pictures.
    static let sides = [64, 128, 256, 320, 480, 640, 960, 1280]

    /// Creates the smallest canvas that holds a picture of `size`.
    ///
    /// - Parameters:
    ///   - size: The size of the picture.
    ///   - quarters: The allowed lengths of the short side, in quarters of the long side. Fewer lengths mean fewer
    ///     compiled networks but more black pixels to process.
    init(holding size: PixelSize, quarters: ClosedRange<Int> = 1...4) {
        let longest = max(size.width, size.height)
        let long = Self.sides.first { $0 >= longest } ?? (longest + 127) / 128 * 128
        let shorts = quarters.map { min((long * $0 / 4 + Self.step - 1) / Self.step * Self.step, long) }
        let short = shorts.first { $0 >= min(size.width, size.height) } ?? long
        width = size.width >= size.height ? long : short
        height = size.width >= size.height ? short : long
    }

    /// Creates a canvas for a tile of a picture. Many tiles of one picture share it, so it fits closely: its sides are
    /// multiples of 64.
    init(tile size: PixelSize) {
        func side(_ length: Int) -> Int { (length + Self.tileStep - 1) / Self.tileStep * Self.tileStep }
        (width, height) = (side(size.width), side(size.height))
    }

    private static let tileStep = 2 * step

    /// Writes `image`, which must fit, and black to its right and below it.
    func draw(_ image: Image, into buffer: UnsafeMutableBufferPointer<UInt8>) {
        precondition(image.width <= width && image.height <= height, "the picture is larger than the canvas")
        let row = width * 3, count = image.width * 3
        image.pixels.withUnsafeBufferPointer { pixels in
            guard let source = pixels.baseAddress, let target = buffer.baseAddress else { return }
            for y in 0..<image.height {
                let line = target + y * row
                line.update(from: source + y * count, count: count)
                (line + count).update(repeating: 0, count: row - count)
            }
            (target + image.height * row).update(repeating: 0, count: (height - image.height) * row)
        }
    }
}
