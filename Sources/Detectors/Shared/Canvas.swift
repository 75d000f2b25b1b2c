import Pixels

/// Where a picture lies in the black rectangle that a network sees.
struct Canvas: Equatable {
    /// Columns of the rectangle.
    let width: Int
    /// Rows of the rectangle.
    let height: Int
    /// The picture in the rectangle: its size there, and its top left pixel.
    let pictureWidth: Int
    let pictureHeight: Int
    let left: Int
    let top: Int

}

extension Canvas {
    /// Strides of 8, 16 and 32 pixels: every side is a multiple of the largest.
    static let step = 32

    /// A canvas for a picture that is shrunk, where it must be, to `longestSide`.
    ///
    /// A network is compiled for each size of canvas, so there are few: the long side is one of ``sides`` or
    /// `longestSide`, the short side a quarter, half, three quarters or all of it.
    ///
    /// - Parameter border: The least width of the black border all round, in parts of the picture's side; 0 puts the
    ///   picture at the top left, and the black is at its right and bottom.
    init(width: Int, height: Int, longestSide: Int, border: Float = 0) {
        let longest = max(width, height), growth = 1 + 2 * border
        let wanted = Float(longest) * growth
        let scale = min(1, Float(longestSide) / wanted)
        let long = Self.sides.first { Float($0) >= wanted * scale && $0 <= longestSide } ?? longestSide
        let short = Self.shortSide(Float(min(width, height)) * growth * scale, of: long)
        self.width = width >= height ? long : short
        self.height = width >= height ? short : long
        pictureWidth = min(max(Int((Float(width) * scale).rounded()), 1), self.width)
        pictureHeight = min(max(Int((Float(height) * scale).rounded()), 1), self.height)
        left = border > 0 ? (self.width - pictureWidth) / 2 : 0
        top = border > 0 ? (self.height - pictureHeight) / 2 : 0
    }

    /// The long sides for pictures smaller than the longest allowed.
    static let sides = [64, 128, 256, 320, 480, 640, 960, 1280]

    private static func shortSide(_ wanted: Float, of long: Int) -> Int {
        for quarters in 1...3 {
            let side = (long * quarters / 4 + step - 1) / step * step
            if Float(side) >= wanted.rounded() { return min(side, long) }
        }
        return long
    }

    /// The picture's pixels per pixel of the canvas.
    func scale(of image: Image) -> Point {
        Point(x: Float(image.width) / Float(pictureWidth), y: Float(image.height) / Float(pictureHeight))
    }

    /// Writes `image` and the black around it.
    func draw(_ image: Image, into buffer: UnsafeMutableBufferPointer<UInt8>) {
        let picture = image.resized(width: pictureWidth, height: pictureHeight, method: .area)
        let row = width * 3, start = left * 3, count = pictureWidth * 3
        picture.pixels.withUnsafeBufferPointer { pixels in
            guard let source = pixels.baseAddress, let target = buffer.baseAddress else { return }
            target.initialize(repeating: 0, count: top * row)
            for y in 0..<pictureHeight {
                let line = target + (top + y) * row
                line.initialize(repeating: 0, count: start)
                (line + start).update(from: source + y * count, count: count)
                (line + start + count).initialize(repeating: 0, count: row - start - count)
            }
            let end = top + pictureHeight
            (target + end * row).initialize(repeating: 0, count: (height - end) * row)
        }
    }
}
