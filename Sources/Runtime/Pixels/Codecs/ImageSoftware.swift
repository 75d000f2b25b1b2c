/// The name of the program that wrote a picture, stored in each format's standard place.
///
/// This is a comment in JPEG, the text `Software` in PNG (PNG specification, 11.3.4), and XMP's `CreatorTool` in WebP.
/// It lets a program distinguish the pictures that it wrote, and may replace, from originals.
public enum ImageSoftware {
    /// Returns the program name that ``Image/write(to:as:software:)`` stored in the file at `path`; `nil` if it has
    /// none or is not a picture.
    public static func name(inFile path: String) -> String? {
        (try? ImageFile.ends(path, count: longest)).flatMap { name(start: $0.start, end: $0.end) }
    }

    /// The longest name, in bytes.
    private static let most = 100
    /// An upper bound for the length of the file parts that are searched.
    private static let longest = 4096

    /// Returns the name in a file with this start and end.
    static func name(start: [UInt8], end: [UInt8]) -> String? {
        switch start.first {
        case 0xFF: jpegComment(start)
        case 0x89: pngText(start)
        case UInt8(ascii: "R"): creator(end)
        default: nil
        }
    }

    /// Returns an encoded picture with the writing program's name inserted.
    ///
    /// - Parameters:
    ///   - name: At most 100 bytes are kept. Control characters and characters that XML must escape are dropped.
    ///   - bytes: The bytes of the picture's file.
    ///   - format: The picture's format.
    ///   - width: The picture's width, in pixels.
    ///   - height: The picture's height, in pixels.
    static func put(_ name: String, into bytes: [UInt8], _ format: ImageFormat, width: Int, height: Int) -> [UInt8] {
        let plain = name.unicodeScalars.filter {
            $0.value >= 32 && $0.value < 127 && !"<>&".unicodeScalars.contains($0)
        }
        let text = Array(String(String.UnicodeScalarView(plain)).utf8.prefix(most))
        switch format {
        case .jpeg:
            guard let place = afterFirstSegment(bytes) else { return bytes }
            return bytes[..<place] + [0xFF, 0xFE] + big(UInt16(text.count + 2)) + text + bytes[place...]
        case .png:
            let content = Array("tEXt".utf8) + keyword + text
            let chunk = big(UInt32(content.count - 4)) + content + big(checksum(content))
            return bytes[..<afterHeader] + chunk + bytes[afterHeader...]
        case .webp:
            // The extended format: a header that announces XMP, the picture, XMP.
            let flags: [UInt8] = [0b100, 0, 0, 0]
            let header = flags + little(UInt32(width - 1)).prefix(3) + little(UInt32(height - 1)).prefix(3)
            let chunks =
                chunk("VP8X", header) + bytes.dropFirst(12)
                + chunk("XMP ", Array(xmp.0.utf8) + text + Array(xmp.1.utf8))
            return Array("RIFF".utf8) + little(UInt32(chunks.count + 4)) + Array("WEBP".utf8) + chunks
        case .heic, .avif: return bytes
        }
    }

    // MARK: JPEG

    /// Returns the offset after the first segment that follows the start of the image.
    private static func afterFirstSegment(_ bytes: [UInt8]) -> Int? {
        guard bytes.count > 6, bytes[0] == 0xFF, bytes[1] == 0xD8, bytes[2] == 0xFF else { return nil }
        let place = 4 + (Int(bytes[4]) << 8 | Int(bytes[5]))
        return place <= bytes.count ? place : nil
    }

    private static func jpegComment(_ bytes: [UInt8]) -> String? {
        guard let place = afterFirstSegment(bytes), place + 4 <= bytes.count, bytes[place] == 0xFF,
            bytes[place + 1] == 0xFE
        else { return nil }
        let end = place + 2 + (Int(bytes[place + 2]) << 8 | Int(bytes[place + 3]))
        guard end <= bytes.count, end >= place + 4 else { return nil }
        return String(decoding: bytes[(place + 4)..<end], as: UTF8.self)
    }

    // MARK: PNG

    /// The length of the signature and the header chunk.
    private static let afterHeader = 8 + 25
    private static let keyword = Array("Software\0".utf8)

    private static func pngText(_ bytes: [UInt8]) -> String? {
        let text = afterHeader + 8
        guard bytes.count > text, Array(bytes[(afterHeader + 4)..<text]) == Array("tEXt".utf8),
            bytes[text...].starts(with: keyword)
        else { return nil }
        let count = bytes[afterHeader..<(afterHeader + 4)].reduce(0) { $0 << 8 | Int($1) }
        guard count >= keyword.count, count <= bytes.count - text else { return nil }
        return String(decoding: bytes[(text + keyword.count)..<(text + count)], as: UTF8.self)
    }

    /// Returns the cyclic redundancy check of a PNG chunk (PNG specification, annex D).
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(0xFFFF_FFFF as UInt32) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
        }
    }

    // MARK: WebP

    private static let xmp = (
        #"<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">"#
            + #"<rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/"><xmp:CreatorTool>"#,
        "</xmp:CreatorTool></rdf:Description></rdf:RDF></x:xmpmeta>"
    )

    private static func creator(_ end: [UInt8]) -> String? {
        let before = Array(xmp.0.utf8), after = Array(xmp.1.utf8)
        let content = end.last == 0 ? end.dropLast() : end[...]
        guard content.suffix(after.count).elementsEqual(after) else { return nil }
        let rest = content.dropLast(after.count)
        for count in 0...most where rest.dropLast(count).suffix(before.count).elementsEqual(before) {
            return String(decoding: rest.suffix(count), as: UTF8.self)
        }
        return nil
    }

    /// Returns a chunk of a RIFF file, padded to an even length.
    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        Array(name.utf8) + little(UInt32(content.count)) + content + (content.count % 2 == 1 ? [0] : [])
    }

    private static func little(_ value: UInt32) -> [UInt8] { big(value).reversed() }
    private static func big(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }
}
