import Pixels

/// The summed-area table of a picture, which gives the mean of any rectangle with four look-ups.
///
/// Crow, *Summed-area tables for texture mapping*, 1984.
struct IntegralImage {
    /// The number of columns of the picture.
    let width: Int
    /// The number of rows of the picture.
    let height: Int
    /// The sums of red, green and blue of all pixels above and to the left, on a grid one larger than the picture.
    ///
    /// The sums of large pictures wrap around; their differences are still correct.
    private let sums: [SIMD4<UInt32>]

    init(of image: Image) {
        let (width, height) = (image.width, image.height)
        self.width = width
        self.height = height
        let stride = width + 1
        sums = [SIMD4<UInt32>](unsafeUninitializedCapacity: stride * (height + 1)) { sums, count in
            count = stride * (height + 1)
            image.pixels.withUnsafeBufferPointer { pixels in
                guard let first = sums.baseAddress, var pixel = pixels.baseAddress else { return }
                first.initialize(repeating: .zero, count: stride)
                var above = first
                for _ in 0..<height {
                    let row = above + stride
                    row.initialize(to: .zero)
                    var sum = SIMD4<UInt32>.zero
                    for x in 1...width {
                        sum &+= SIMD4(UInt32(pixel[0]), UInt32(pixel[1]), UInt32(pixel[2]), 0)
                        (row + x).initialize(to: above[x] &+ sum)
                        pixel += 3
                    }
                    above = row
                }
            }
        }
    }

    /// A part of the picture: columns left ..< right, rows top ..< bottom, at least one of each.
    struct Part {
        let left, top, right, bottom: Int
    }

    /// The destination of resized pixels: three planes of floats, red first.
    struct Target {
        /// The first pixel of the red plane.
        let start: UnsafeMutablePointer<Float>
        /// The distance from one row to the next.
        let stride: Int
        /// The distance from one plane to the next.
        let plane: Int
    }

    /// Writes `part` at another size as MTCNN's networks take it: (mean − 127.5) / 128.
    ///
    /// Each new pixel is the plain mean of every pixel that it touches: PyTorch's adaptive average pooling, used by
    /// facenet-pytorch's MTCNN.
    func resize(_ part: Part, width: Int, height: Int, into target: Target) {
        let columns = Self.edges(from: part.right - part.left, to: width, offset: part.left)
        let rows = Self.edges(from: part.bottom - part.top, to: height, offset: part.top)
        let stride = self.width + 1
        sums.withUnsafeBufferPointer { sums in
            guard let first = sums.baseAddress else { return }
            for (y, row) in rows.enumerated() {
                let above = first + row.lower * stride, below = first + row.upper * stride
                let tall = Float(row.upper - row.lower)
                var red = target.start + y * target.stride
                for column in columns {
                    let sum =
                        below[column.upper] &- below[column.lower] &- above[column.upper] &+ above[column.lower]
                    let scale = column.scale / tall
                    red[0] = Float(Int32(truncatingIfNeeded: sum.x)) * scale - Self.middle
                    red[target.plane] = Float(Int32(truncatingIfNeeded: sum.y)) * scale - Self.middle
                    red[2 * target.plane] = Float(Int32(truncatingIfNeeded: sum.z)) * scale - Self.middle
                    red += 1
                }
            }
        }
    }

    /// The constant in (x − 127.5) / 128 = x / 128 − constant.
    private static let middle: Float = 127.5 / 128

    private struct Interval {
        let lower, upper: Int
        /// The scale 1 / (128 · length).
        let scale: Float
    }

    /// Returns the intervals of `length` pixels that each of `count` new ones touches.
    private static func edges(from length: Int, to count: Int, offset: Int) -> [Interval] {
        (0..<count).map { index in
            let lower = index * length / count, upper = ((index + 1) * length + count - 1) / count
            return Interval(
                lower: offset + lower, upper: offset + upper, scale: 1 / (128 * Float(upper - lower)))
        }
    }
}
