import Pixels
import Testing

struct ImageHeaderTests {
    @Test(
        "The header tells format, upright size and orientation",
        arguments: [("jpg", ImageFormat.jpeg), ("png", .png), ("webp", .webp)])
    func header(suffix: String, format: ImageFormat) throws {
        for orientation in Orientation.allCases {
            let header = try ImageHeader(contentsOf: Resource.url("orientation-\(orientation.rawValue).\(suffix)"))
            #expect(header.format == format)
            #expect(header.orientation == orientation)
            #expect(header.width == 48 && header.height == 32)
        }
    }

    @Test("The header of every kind of WebP has the size", arguments: ["lossy", "lossless", "alpha-lossy"])
    func webp(name: String) throws {
        let header = try ImageHeader(contentsOf: Resource.url(name + ".webp"))
        #expect(header.width == 45 && header.height == 35 && header.orientation == .up)
    }

    @Test("An invalid orientation is ignored", arguments: [0, 9, 255])
    func unknownOrientation(value: Int) throws {
        var bytes = try Resource.bytes("orientation-6.jpg")
        let value = UInt8(value)
        let entry = try #require(tagOffset(in: bytes))
        // One of the two bytes holds the 6, in either byte order.
        for at in [entry + 8, entry + 9] where bytes[at] == 6 { bytes[at] = value }
        #expect(try ImageHeader(decoding: bytes).orientation == .up)
        #expect(try Image(decoding: bytes).width == 32)
    }

    private func tagOffset(in bytes: [UInt8]) -> Int? {
        bytes.indices.dropLast().first { at in
            (bytes[at] == 0x01 && bytes[at + 1] == 0x12) || (bytes[at] == 0x12 && bytes[at + 1] == 0x01)
        }
    }
}
