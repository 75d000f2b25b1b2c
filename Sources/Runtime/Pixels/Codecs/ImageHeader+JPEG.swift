extension ImageHeader {
    /// Reads the segments up to the first scan (ITU-T T.81, annex B).
    init(jpeg reader: ByteReader) throws {
        var size: (width: Int, height: Int)?
        var orientation: Orientation?
        var offset = 2
        while let (marker, body) = JPEGSegment.next(in: reader, from: &offset) {
            if JPEGSegment.isFrame(marker), size == nil {
                guard let height = body.number(1, length: 2, bigEndian: true),
                    let width = body.number(3, length: 2, bigEndian: true)
                else { throw ImageError.truncated(format: .jpeg) }
                size = (width, height)
            } else if marker == JPEGSegment.exif, orientation == nil, body.matches("Exif\0\0", at: 0) {
                orientation = Exif.orientation(body)
            } else if marker == JPEGSegment.scan || marker == JPEGSegment.end {
                guard size != nil else { throw ImageError.corrupt(format: .jpeg, detail: "no frame before the data") }
                break
            }
        }
        guard let size else { throw ImageError.truncated(format: .jpeg) }
        self.init(format: .jpeg, storedWidth: size.width, storedHeight: size.height, orientation: orientation)
    }
}

/// The marker segments of a JPEG.
private enum JPEGSegment {
    static let exif = 0xE1
    static let scan = 0xDA
    static let end = 0xD9

    /// Returns whether the marker is one of SOF0...SOF15.
    ///
    /// Three numbers in that range have other meanings.
    static func isFrame(_ marker: Int) -> Bool {
        (0xC0...0xCF).contains(marker) && marker != 0xC4 && marker != 0xC8 && marker != 0xCC
    }

    /// Returns the next marker at or after `offset` and its segment; `nil` if the data end.
    ///
    /// Stray bytes are skipped.
    static func next(in reader: ByteReader, from offset: inout Int) -> (marker: Int, body: ByteReader)? {
        while let byte = reader.byte(offset) {
            offset += 1
            guard byte == 0xFF else { continue }
            while reader.byte(offset) == 0xFF { offset += 1 }
            guard let marker = reader.byte(offset) else { return nil }
            offset += 1
            // These markers have no segment: a stuffed zero, TEM, the restart markers and a repeated start.
            if marker == 0 || marker == 1 || (0xD0...0xD8).contains(marker) { continue }
            if marker == end { return (marker, reader.slice(offset, length: 0)) }
            guard let length = reader.number(offset, length: 2, bigEndian: true) else { return nil }
            let body = reader.slice(offset + 2, length: length - 2)
            offset += max(length, 2)
            return (marker, body)
        }
        return nil
    }
}
