import Pixels
import Testing

struct CropTests {
    private let image = Image(width: 3, height: 2, pixels: (0..<6).flatMap { [UInt8($0), 7, 9] })

    private func numbers(_ image: Image) -> [UInt8] {
        stride(from: 0, to: image.pixels.count, by: 3).map { image.pixels[$0] }
    }

    @Test("A crop inside keeps the pixels; its edges are rounded")
    func inside() {
        #expect(numbers(image.cropped(to: Box(x: 1, y: 0, width: 2, height: 2))) == [1, 2, 4, 5])
        #expect(numbers(image.cropped(to: Box(x: 0.6, y: 0.4, width: 1, height: 1))) == [1])
        #expect(image.cropped(to: Box(x: 0, y: 0, width: 3, height: 2)) == image)
    }

    @Test("Pixels outside have the given color")
    func outside() {
        let fill = Color(red: 99, green: 7, blue: 9)
        #expect(
            numbers(image.cropped(to: Box(x: -1, y: 1, width: 3, height: 2), fill: fill)) == [99, 3, 4, 99, 99, 99])
        let away = image.cropped(to: Box(x: 50, y: 50, width: 2, height: 1))
        #expect(away == Image(width: 2, height: 1))
    }

    @Test("A crop has at least one pixel")
    func least() {
        #expect(numbers(image.cropped(to: Box(x: 2, y: 1, width: 0, height: 0))) == [5])
    }

    @Test("Positive margins extend, negative ones crop")
    func margins() {
        let fill = Color(red: 8, green: 7, blue: 9)
        let framed = image.padded(left: 1, right: 2, bottom: 1, fill: fill)
        #expect(framed.width == 6 && framed.height == 3)
        #expect(numbers(framed) == [8, 0, 1, 2, 8, 8, 8, 3, 4, 5, 8, 8, 8, 8, 8, 8, 8, 8])
        #expect(framed.padded(left: -1, right: -2, bottom: -1) == image)
    }
}
