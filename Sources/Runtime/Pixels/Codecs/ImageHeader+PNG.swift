extension ImageHeader {
    /// Reads IHDR, then every chunk's name, because eXIf may come before or after the pixels (PNG, third edition).
    init(png reader: ByteReader) throws {
        guard let width = reader.number(16, length: 4, bigEndian: true),
            let height = reader.number(20, length: 4, bigEndian: true)
        else { throw ImageError.truncated(format: .png) }
        guard reader.matches("IHDR", at: 12) else {
            throw ImageError.corrupt(format: .png, detail: "IHDR is not the first chunk")
        }
        self.init(
            format: .png, storedWidth: width, storedHeight: height, orientation: Self.pngOrientation(reader))
    }

    private static func pngOrientation(_ reader: ByteReader) -> Orientation? {
        guard let offset = chunk("eXIf", in: reader), let length = reader.number(offset, length: 4, bigEndian: true)
        else { return nil }
        return Exif.orientation(reader.slice(offset + 8, length: length))
    }

    /// Returns the offset of the first chunk with this name.
    private static func chunk(_ name: StaticString, in reader: ByteReader) -> Int? {
        var offset = 8
        while let length = reader.number(offset, length: 4, bigEndian: true) {
            if reader.matches(name, at: offset + 4) { return offset }
            offset += length + 12
        }
        return nil
    }
}
