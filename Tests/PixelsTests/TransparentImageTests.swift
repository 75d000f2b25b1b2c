import Foundation
import Pixels
import Testing

@Suite("Pictures with transparency")
struct TransparentImageTests {
    @Test(
        "Composited on white they are what the plain decoder gives",
        arguments: ["rgba-8.png", "palette-alpha.png", "gray-alpha-8.png", "rgb-key.png"])
    func composited(name: String) throws {
        let bytes = try Resource.bytes(name)
        let image = try TransparentImage(decoding: bytes), plain = try Image(decoding: bytes)
        #expect(image.width == plain.width && image.height == plain.height)
        #expect(image.pixels.count == image.width * image.height * 4)
        for index in 0..<image.width * image.height {
            let alpha = Int(image.pixels[index * 4 + 3])
            for channel in 0..<3 {
                let over = (Int(image.pixels[index * 4 + channel]) * alpha + 255 * (255 - alpha)) / 255
                #expect(abs(over - Int(plain.pixels[index * 3 + channel])) <= 1)
            }
        }
    }

    @Test("Without alpha, they are opaque")
    func opaque() throws {
        let image = try TransparentImage(decoding: Resource.bytes("rgb-8.png"))
        #expect(stride(from: 3, to: image.pixels.count, by: 4).allSatisfy { image.pixels[$0] == 255 })
    }

    @Test("Other formats, damage and limits are refused")
    func refused() throws {
        #expect(throws: ImageError.self) { try TransparentImage(decoding: Resource.bytes("jpeg-444.jpg")) }
        let whole = try Resource.bytes("rgba-8.png")
        #expect(throws: ImageError.self) { try TransparentImage(decoding: Array(whole.prefix(whole.count / 2))) }
        #expect(throws: ImageError.self) {
            try TransparentImage(decoding: whole, limits: DecodingLimits(pixels: 1))
        }
    }
}
