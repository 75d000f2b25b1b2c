import Pixels
import Testing

@testable import Detectors

struct IntegralImageTests {
    /// A picture whose pixels differ from place to place.
    let image = Image(width: 37, height: 23, pixels: (0..<37 * 23 * 3).map { UInt8(truncatingIfNeeded: $0 * $0 / 7) })

    private func resized(_ part: IntegralImage.Part, width: Int, height: Int) -> [Float] {
        let plane = width * height
        return [Float](unsafeUninitializedCapacity: plane * 3) { buffer, count in
            count = plane * 3
            guard let start = buffer.baseAddress else { return }
            let target = IntegralImage.Target(start: start, stride: width, plane: plane)
            IntegralImage(of: image).resize(part, width: width, height: height, into: target)
        }
    }

    /// Returns the mean of every pixel that a new one touches, computed directly.
    private func mean(_ part: IntegralImage.Part, x: Int, y: Int, width: Int, height: Int, channel: Int) -> Float {
        let (w, h) = (part.right - part.left, part.bottom - part.top)
        var sum: Float = 0, count: Float = 0
        for row in (y * h / height)..<(((y + 1) * h + height - 1) / height) {
            for column in (x * w / width)..<(((x + 1) * w + width - 1) / width) {
                sum += Float(image.pixels[((part.top + row) * image.width + part.left + column) * 3 + channel])
                count += 1
            }
        }
        return (sum / count - 127.5) / 128
    }

    @Test(arguments: [(9, 7), (37, 23), (24, 24), (60, 50), (1, 1)])
    func eachNewPixelIsTheMeanOfWhatItTouches(width: Int, height: Int) {
        for part in [
            IntegralImage.Part(left: 0, top: 0, right: 37, bottom: 23),
            IntegralImage.Part(left: 5, top: 3, right: 30, bottom: 9),
            IntegralImage.Part(left: 36, top: 22, right: 37, bottom: 23),
        ] {
            let values = resized(part, width: width, height: height)
            for channel in 0..<3 {
                for y in 0..<height {
                    for x in 0..<width {
                        let expected = mean(part, x: x, y: y, width: width, height: height, channel: channel)
                        let found = values[(channel * height + y) * width + x]
                        if abs(found - expected) > 1e-5 { Issue.record("\(x), \(y): \(found), not \(expected)") }
                    }
                }
            }
        }
    }
}
