import Foundation
import Pixels
import Testing

/// HEIC and AVIF, which another process reads.
struct HEIFTests {
    @Test(
        "Every kind is upright: plain, 10 bits, turned, mirrored, turned only by Exif, turned by both but only once",
        arguments: [
            "heic.heic", "heic-10bit.heic", "heic-exif.heic", "avif.avif", "avif-irot.avif", "avif-imir.avif",
            "avif-irot-exif.avif",
        ])
    func kinds(name: String) throws {
        let image = try Image(contentsOf: Resource.url(name)), expected = try Resource.expected("heif")
        try #require(image.width == expected.width && image.height == expected.height)
        #expect(meanDifference(image, expected) < 3)
        let header = try ImageHeader(contentsOf: Resource.url(name))
        #expect(header.width == 64 && header.height == 48 && header.orientation == .up)
        #expect(header.format == (name.hasSuffix("heic") ? .heic : .avif))
    }

    @Test("Transparency is composited on white")
    func alpha() throws {
        let image = try Image(contentsOf: Resource.url("heic-alpha.heic")), expected = try Resource.expected("heif")
        let right = Box(x: 34, y: 0, width: 30, height: 48)
        #expect(meanDifference(image.cropped(to: right), expected.cropped(to: right)) < 3)
        let left = image.cropped(to: Box(x: 0, y: 0, width: 30, height: 48))
        #expect(meanDifference(left, Image(width: 30, height: 48, color: .white)) < 3)
    }

    @Test("A picture of several tiles is assembled, and reduced while it is read")
    func grid() throws {
        let file = try EncodedImage(Resource.bytes("avif-grid.avif"))
        #expect(file.header.width == 256 && file.header.height == 192)
        let expected = try Resource.expected("heif")
        #expect(try meanDifference(file.decoded(reducedBy: 4).picture.image, expected) < 3)
        let whole = try file.decoded().picture
        let box = Box(x: 100, y: 50, width: 40, height: 90)
        let part = try #require(try file.decodedParts([box], reducedBy: 1).first ?? nil)
        #expect(part == whole.part(box))
    }

    @Test("A truncated or damaged file is an error of this picture, and ends in time")
    func damaged() throws {
        for name in ["heic.heic", "avif.avif"] {
            let bytes = try Resource.bytes(name)
            for length in stride(from: 12, to: bytes.count - 1, by: bytes.count / 7) {
                let error = #expect(throws: ImageError.self) { try Image(decoding: Array(bytes[..<length])) }
                #expect(["corrupt_image", "truncated_image", "unsupported_image_feature"].contains(error?.code))
            }
        }
    }

    @Test("Limits also hold in the other process")
    func limits() throws {
        let bytes = try Resource.bytes("heic.heic")
        #expect(throws: ImageError.imageTooLarge(width: 64, height: 48, limit: 3071)) {
            try Image(decoding: bytes, limits: DecodingLimits(pixels: 3071))
        }
        let error = #expect(throws: ImageError.self) {
            try Image(decoding: bytes, limits: DecodingLimits(memory: 9215))
        }
        #expect(error?.code == "memory_limit")
    }
}
