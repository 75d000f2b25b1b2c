extension ImageHeader {
    /// Reads the size from the first chunk (RFC 9649).
    ///
    /// An EXIF chunk may follow the pixels.
    init(webp reader: ByteReader) throws {
        guard let (width, height) = try Self.webpSize(reader) else { throw ImageError.truncated(format: .webp) }
        self.init(
            format: .webp, storedWidth: width, storedHeight: height, orientation: Self.webpOrientation(reader))
    }

    private static func webpSize(_ reader: ByteReader) throws -> (Int, Int)? {
        guard reader.count >= 30 else { return nil }
        func number(_ offset: Int, _ length: Int) -> Int {
            reader.number(offset, length: length, bigEndian: false) ?? 0
        }
        if reader.matches("VP8X", at: 12) {
            return (number(24, 3) + 1, number(27, 3) + 1)
        }
        if reader.matches("VP8L", at: 12), reader.byte(20) == 0x2F {
            let bits = number(21, 4)
            return ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        }
        if reader.matches("VP8 ", at: 12), reader.matches([0x9D, 0x01, 0x2A], at: 23) {
            return (number(26, 2) & 0x3FFF, number(28, 2) & 0x3FFF)
        }
        throw ImageError.corrupt(format: .webp, detail: "no known first chunk")
    }

    private static func webpOrientation(_ reader: ByteReader) -> Orientation? {
        guard reader.matches("VP8X", at: 12) else { return nil }
        var offset = 12
        while let length = reader.number(offset + 4, length: 4, bigEndian: false) {
            if reader.matches("EXIF", at: offset) {
                return Exif.orientation(reader.slice(offset + 8, length: length))
            }
            offset += 8 + length + (length & 1)
        }
        return nil
    }
}
