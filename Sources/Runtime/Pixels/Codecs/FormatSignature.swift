/// The file format that the first bytes indicate.
enum FormatSignature {
    case supported(ImageFormat)
    /// A known format that is not supported; its name.
    case unsupported(String)
    /// A truncated signature of a supported format.
    case cut(ImageFormat)
    case text
    case unknown

    /// The supported format, also if its signature is truncated; `nil` for all other files.
    var format: ImageFormat? {
        switch self {
        case .supported(let format), .cut(let format): format
        case .unsupported, .text, .unknown: nil
        }
    }

    private static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF]
    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    init(_ reader: ByteReader) {
        if reader.matches(Self.jpeg) {
            self = .supported(.jpeg)
        } else if reader.matches(Self.png) {
            self = .supported(.png)
        } else if reader.matches("RIFF", at: 0), reader.matches("WEBP", at: 8) {
            self = .supported(.webp)
        } else if let format = Self.heifFormat(reader) {
            self = .supported(format)
        } else if let name = Self.unsupportedName(reader) {
            self = .unsupported(name)
        } else if let format = Self.cutFormat(reader) {
            self = .cut(format)
        } else {
            self = Self.isText(reader) ? .text : .unknown
        }
    }

    private static func cutFormat(_ reader: ByteReader) -> ImageFormat? {
        let count = reader.count
        if count < jpeg.count, reader.matches(Array(jpeg.prefix(count))) { return .jpeg }
        if count < png.count, reader.matches(Array(png.prefix(count))) { return .png }
        if count < 12, reader.matches("RIFF", at: 0) { return .webp }
        return nil
    }

    /// Returns the format that a HEIF file's brands stand for.
    ///
    /// Brands are four letters each: one major brand, then the compatible brands.
    private static func heifFormat(_ reader: ByteReader) -> ImageFormat? {
        guard reader.matches("ftyp", at: 4), let length = reader.number(0, length: 4, bigEndian: true) else {
            return nil
        }
        let end = min(length, reader.count, 512)
        let brands = [8] + stride(from: 16, through: max(end - 4, 15), by: 4)
        func names(_ names: [StaticString]) -> Bool {
            brands.contains { brand in names.contains { reader.matches($0, at: brand) } }
        }
        if names(["avif", "avis"]) { return .avif }
        if names(["heic", "heix", "heim", "heis"]) { return .heic }
        // A generic brand: libheif finds out which kind of picture it is.
        return names(["mif1"]) ? .heic : nil
    }

    private static func unsupportedName(_ reader: ByteReader) -> String? {
        if reader.matches("ftyp", at: 4) { return "Video" }
        let signatures: [(StaticString, String)] = [
            ("GIF87a", "GIF"), ("GIF89a", "GIF"), ("II*\0", "TIFF"), ("MM\0*", "TIFF"), ("%PDF", "PDF"),
            ("8BPS", "Photoshop's PSD"), ("\0\0\0\u{0C}jP  ", "JPEG 2000"), ("\0\0\0\u{0C}JXL ", "JPEG XL"),
            ("\0\0\u{01}\0", "ICO"), ("qoif", "QOI"), ("<svg", "SVG"),
        ]
        if let known = signatures.first(where: { reader.matches($0.0, at: 0) }) { return known.1 }
        if reader.matches([0xFF, 0x0A]) { return "JPEG XL" }
        // Two letters are too weak a signature: the reserved fields and the header's size must fit too.
        if reader.matches("BM", at: 0), reader.number(6, length: 4, bigEndian: false) == 0 { return "BMP" }
        return nil
    }

    /// Returns whether the bytes begin as valid UTF-8 without control characters.
    private static func isText(_ reader: ByteReader) -> Bool {
        let head = reader.slice(0, length: 512)
        let breaks: Set<UInt8> = [0x09, 0x0A, 0x0C, 0x0D]
        guard head.bytes.allSatisfy({ $0 >= 0x20 || breaks.contains($0) }) else { return false }
        // The end may lie inside a character of up to four bytes.
        return (0...3).contains { cut in
            head.count > cut && String(validating: head.bytes.dropLast(cut), as: UTF8.self) != nil
        }
    }
}
