import Foundation
import Pixels
import Testing

/// Compares every pixel format with the results of other readers.
struct DecodingTests {
    @Test(
        "PNG: every color type and depth gives exactly the pixels that were put in",
        arguments: [
            "gray-1", "gray-2", "gray-4", "gray-8", "gray-16", "palette-1", "palette-2", "palette-4", "palette-8",
            "rgb-8", "rgb-16", "interlaced",
        ])
    func png(name: String) throws {
        #expect(try Image(decoding: Resource.bytes(name + ".png")) == Resource.expected(name))
    }

    @Test(
        "PNG: transparency is composited on white",
        arguments: ["rgba-8", "rgba-16", "gray-alpha-8", "gray-alpha-16", "palette-alpha", "rgb-key"])
    func transparentPNG(name: String) throws {
        #expect(try Image(decoding: Resource.bytes(name + ".png")) == Resource.expected(name))
    }

    @Test(
        "JPEG: the pixels equal Pillow's and OpenCV's",
        arguments: ["jpeg-420", "jpeg-422", "jpeg-444", "jpeg-gray", "progressive", "restarts"])
    func jpeg(name: String) throws {
        let image = try Image(decoding: Resource.bytes(name + ".jpg"))
        // One gray level for the SIMD paths of other library versions.
        #expect(try #require(greatestDifference(image.pixels, Resource.expected(name).pixels)) <= 1)
    }

    @Test("JPEG: CMYK becomes RGB as in Pillow", arguments: ["cmyk", "ycck"])
    func inks(name: String) throws {
        let image = try Image(decoding: Resource.bytes(name + ".jpg"))
        #expect(try #require(greatestDifference(image.pixels, Resource.expected(name).pixels)) <= 1)
    }

    @Test("JPEG: CMYK is taken as inverted even without an Adobe segment")
    func inksWithoutMarker() throws {
        var bytes = try Resource.bytes("cmyk.jpg")
        let marker = try #require(bytes.firstIndex(of: 0xEE))
        let length = Int(bytes[marker + 1]) << 8 | Int(bytes[marker + 2])
        try #require(bytes[marker - 1] == 0xFF && bytes[marker + 3] == UInt8(ascii: "A"))
        bytes.removeSubrange(marker - 1..<marker + 1 + length)
        let image = try Image(decoding: bytes)
        #expect(try #require(greatestDifference(image.pixels, Resource.expected("cmyk").pixels)) <= 1)
    }

    @Test("WebP: lossless gives the exact pixels, transparent ones on white")
    func losslessWebP() throws {
        #expect(try Image(decoding: Resource.bytes("lossless.webp")) == Resource.expected("lossless"))
        #expect(try Image(decoding: Resource.bytes("alpha-lossless.webp")) == Resource.expected("alpha-lossless"))
    }

    @Test("WebP: lossy pixels equal Pillow's", arguments: ["lossy", "alpha-lossy"])
    func lossyWebP(name: String) throws {
        let image = try Image(decoding: Resource.bytes(name + ".webp"))
        #expect(try #require(greatestDifference(image.pixels, Resource.expected(name).pixels)) <= 1)
    }

    @Test("An animation gives its first frame", arguments: ["png", "webp"])
    func animation(suffix: String) throws {
        #expect(try Image(decoding: Resource.bytes("animated." + suffix)) == Resource.expected("animated"))
    }

    @Test("Every orientation is made upright", arguments: 1...8, ["jpg", "png", "webp"])
    func orientation(value: Int, suffix: String) throws {
        let image = try Image(decoding: Resource.bytes("orientation-\(value).\(suffix)"))
        let expected = try Resource.expected("orientation")
        #expect(image.width == 48 && image.height == 32)
        #expect(try #require(greatestDifference(image.pixels, expected.pixels)) <= (suffix == "jpg" ? 2 : 0))
    }

    @Test("Data, arrays and files give the same picture")
    func sources() throws {
        let url = try Resource.url("jpeg-420.jpg")
        let image = try Image(contentsOf: url)
        #expect(try Image(decoding: Data(contentsOf: url)) == image)
        #expect(try Image(decoding: Resource.bytes("jpeg-420.jpg")) == image)
    }

    @Test("A pipe, which has no size, is read to its end")
    func pipe() throws {
        let pipe = Pipe()
        let bytes = try Resource.bytes("lossless.webp")
        try pipe.fileHandleForWriting.write(contentsOf: Data(bytes))
        try pipe.fileHandleForWriting.close()
        let name = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
        #expect(try Image(contentsOf: URL(filePath: name)) == Image(decoding: bytes))
    }

    @Test("Data after a complete JPEG or WebP do no harm", arguments: ["jpeg-420.jpg", "lossy.webp"])
    func trailingBytes(name: String) throws {
        let bytes = try Resource.bytes(name)
        #expect(try Image(decoding: bytes + [UInt8](repeating: 0, count: 100)) == Image(decoding: bytes))
    }
}
