import Pixels

/// The light on an aligned face.
struct Luminance {
    /// The mean luminance, 0...1.
    let mean: Float
    /// The standard deviation, 0...0.5.
    let deviation: Float
    /// The difference between the halves, (right − left) / (right + left), −1...1.
    let sideDifference: Float
    /// The share of pixels below a tenth of the range, 0...1.
    let underexposed: Float
    /// The share of pixels above 96 % of the range, 0...1.
    let overexposed: Float
    /// The standard deviation of the 4-neighbor Laplacian, in gray levels of 255.
    let sharpness: Float

    private static let darkest = 25
    private static let brightest = 245

    init(of crop: Image) {
        let width = crop.width, height = crop.height
        let grey = Self.grey(of: crop)
        var sum = 0, squares = 0, left = 0, right = 0, dark = 0, bright = 0
        for y in 0..<height {
            for x in 0..<width {
                let value = grey[y * width + x]
                sum += value
                squares += value * value
                if x < width / 2 { left += value } else if x >= width - width / 2 { right += value }
                if value <= Self.darkest { dark += 1 }
                if value >= Self.brightest { bright += 1 }
            }
        }
        let count = Float(width * height)
        let average = Float(sum) / count
        mean = average / 255
        deviation = max(Float(squares) / count - average * average, 0).squareRoot() / 255
        sideDifference = left + right > 0 ? Float(right - left) / Float(right + left) : 0
        underexposed = Float(dark) / count
        overexposed = Float(bright) / count
        sharpness = Self.laplacianDeviation(grey, width: width, height: height)
    }

    /// Returns the ITU-R BT.601 luma of every pixel, 0...255.
    private static func grey(of crop: Image) -> [Int] {
        let pixels = crop.pixels
        return (0..<crop.width * crop.height).map { index in
            (299 * Int(pixels[index * 3]) + 587 * Int(pixels[index * 3 + 1]) + 114 * Int(pixels[index * 3 + 2]) + 500)
                / 1000
        }
    }

    private static func laplacianDeviation(_ grey: [Int], width: Int, height: Int) -> Float {
        guard width > 2, height > 2 else { return 0 }
        var sum = 0, squares = 0
        for y in 1..<height - 1 {
            for x in 1..<width - 1 {
                let at = y * width + x
                let value = grey[at - 1] + grey[at + 1] + grey[at - width] + grey[at + width] - 4 * grey[at]
                sum += value
                squares += value * value
            }
        }
        let count = Float((width - 2) * (height - 2))
        let average = Float(sum) / count
        return max(Float(squares) / count - average * average, 0).squareRoot()
    }
}
