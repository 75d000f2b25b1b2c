import Pixels

/// Creates files in formats that the package's encoder does not write.
enum PictureFile {
    /// Returns a PNG without compression: gray or RGB, with or without alpha.
    ///
    /// - Parameters:
    ///   - image: The picture.
    ///   - gray: Whether only the green channel is stored.
    ///   - alpha: A value for each pixel; `nil` for a PNG without alpha.
    static func png(_ image: Image, gray: Bool, alpha: [UInt8]?) -> [UInt8] {
        var rows: [UInt8] = []
        let channels = gray ? [1] : [0, 1, 2]
        rows.reserveCapacity((image.width * (channels.count + 1) + 1) * image.height)
        for y in 0..<image.height {
            rows.append(0)
            for x in 0..<image.width {
                let pixel = y * image.width + x
                for channel in channels { rows.append(image.pixels[pixel * 3 + channel]) }
                if let alpha { rows.append(alpha[pixel]) }
            }
        }
        let colorType: UInt8 = (gray ? 0 : 2) + (alpha == nil ? 0 : 4)
        let header = bytes(image.width) + bytes(image.height) + [8, colorType, 0, 0, 0]
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header)
            + chunk("IDAT", stored(rows)) + chunk("IEND", [])
    }

    /// Returns a JPEG whose Exif block gives the orientation `orientation`.
    static func jpeg(_ image: Image, orientation: Orientation) throws -> [UInt8] {
        let file = try image.encoded(as: .jpeg())
        let tiff: [UInt8] =
            [0x4D, 0x4D, 0, 0x2A, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, UInt8(orientation.rawValue), 0, 0]
            + [0, 0, 0, 0]
        let block = Array("Exif".utf8) + [0, 0] + tiff
        let length = block.count + 2
        return Array(file.prefix(2)) + [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 0xFF)] + block
            + file.dropFirst(2)
    }

    private static func bytes(_ number: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + data
        return bytes(data.count) + body + bytes(Int(crc(body)))
    }

    /// Returns data in uncompressed blocks of at most 65,535 bytes (RFC 1950 and 1951).
    private static func stored(_ data: [UInt8]) -> [UInt8] {
        var result: [UInt8] = [0x78, 0x01]
        var start = 0
        repeat {
            let end = min(start + 65_535, data.count), length = end - start
            result += [end == data.count ? 1 : 0, UInt8(length & 0xFF), UInt8(length >> 8)]
            result += [UInt8(~length & 0xFF), UInt8(~length >> 8 & 0xFF)]
            result += data[start..<end]
            start = end
        } while start < data.count
        var a = 1, b = 0
        for byte in data {
            a = (a + Int(byte)) % 65_521
            b = (b + a) % 65_521
        }
        return result + bytes(b << 16 | a)
    }

    private static let crcTable: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
    }

    private static func crc(_ data: [UInt8]) -> UInt32 {
        ~data.reduce(0xFFFF_FFFF as UInt32) { crcTable[Int(($0 ^ UInt32($1)) & 0xFF)] ^ $0 >> 8 }
    }
}
