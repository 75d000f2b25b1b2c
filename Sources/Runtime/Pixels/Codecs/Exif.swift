/// The orientation in a block of Exif metadata.
///
/// Exif 2.32: a TIFF header and a directory of 12-byte entries; the orientation is a SHORT under tag 0x0112.
enum Exif {
    /// Returns the orientation in the block; `nil` if it is missing or unknown.
    static func orientation(_ block: ByteReader) -> Orientation? {
        let tiff = block.matches("Exif\0\0", at: 0) ? block.slice(6, length: block.count) : block
        let bigEndian = tiff.matches("MM\0*", at: 0)
        guard bigEndian || tiff.matches("II*\0", at: 0) else { return nil }
        guard let directory = tiff.number(4, length: 4, bigEndian: bigEndian),
            let entries = tiff.number(directory, length: 2, bigEndian: bigEndian)
        else { return nil }
        for index in 0..<entries {
            let entry = directory + 2 + index * 12
            guard let tag = tiff.number(entry, length: 2, bigEndian: bigEndian) else { return nil }
            guard tag == 0x0112 else { continue }
            guard let value = tiff.number(entry + 8, length: 2, bigEndian: bigEndian) else { return nil }
            return Orientation(rawValue: value)
        }
        return nil
    }
}
