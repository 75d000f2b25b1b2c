/// A path in the file system: bytes, which are not always UTF-8.
///
/// In ``text``, a byte that is not UTF-8 becomes the scalar U+10FE00 plus the byte. These scalars are for private use.
/// If a name already holds one, each of its bytes is written in this form, so that text and bytes always convert to
/// each other without loss.
public struct SystemPath: Sendable, Hashable {
    /// The bytes, without the final zero.
    public let bytes: [UInt8]

    /// Creates a path from its bytes.
    public init(bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    /// Creates a path from a C string.
    public init(cString: UnsafePointer<CChar>) {
        var bytes: [UInt8] = []
        var place = cString
        while place.pointee != 0 {
            bytes.append(UInt8(bitPattern: place.pointee))
            place += 1
        }
        self.bytes = bytes
    }

    /// Creates a path from its ``text``.
    public init(_ text: String) {
        guard text.unicodeScalars.contains(where: { Self.byte(of: $0) != nil }) else {
            bytes = Array(text.utf8)
            return
        }
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            if let byte = Self.byte(of: scalar) { bytes.append(byte) } else { bytes += Array(String(scalar).utf8) }
        }
        self.bytes = bytes
    }

    /// The path as text that converts back without loss.
    public var text: String {
        Self.text(of: bytes) { Unicode.Scalar(Self.first + UInt32($0)).map { String($0) } ?? "" }
    }

    /// The path for people: a byte that is not UTF-8 is shown as `\xFF`.
    public var shown: String { Self.text(of: bytes) { "\\x" + Self.hexadecimal($0) } }

    /// Whether the whole path is valid UTF-8.
    public var isText: Bool { !text.unicodeScalars.contains { Self.byte(of: $0) != nil } }

    /// Returns `text` for people; it may hold bytes that are not UTF-8.
    public static func shown(_ text: String) -> String {
        text.unicodeScalars.contains { byte(of: $0) != nil } ? SystemPath(text).shown : text
    }

    /// Calls `body` with the path as a C string.
    public func withCString<Result>(_ body: (UnsafePointer<CChar>) throws -> Result) rethrows -> Result {
        try (bytes.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return try "".withCString(body) }
            return try body(start)
        }
    }

    // MARK: Bytes that are not text

    private static let first: UInt32 = 0x10FE00

    private static func byte(of scalar: Unicode.Scalar) -> UInt8? {
        scalar.value >= first + 0x80 && scalar.value <= first + 0xFF ? UInt8(scalar.value - first) : nil
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "0" + digits : digits
    }

    private static func text(of bytes: [UInt8], escape: (UInt8) -> String) -> String {
        var result = ""
        var decoder = UTF8.ForwardParser()
        var rest = bytes[...]
        while !rest.isEmpty {
            var source = rest.makeIterator()
            switch decoder.parseScalar(from: &source) {
            case .valid(let encoded):
                let scalar = UTF8.decode(encoded), count = encoded.count
                if byte(of: scalar) == nil {
                    result.unicodeScalars.append(scalar)
                } else {
                    for byte in rest.prefix(count) { result += escape(byte) }
                }
                rest = rest.dropFirst(count)
            case .error(let length):
                for byte in rest.prefix(max(length, 1)) { result += escape(byte) }
                rest = rest.dropFirst(max(length, 1))
            case .emptyInput: rest = []
            }
            decoder = UTF8.ForwardParser()
        }
        return result
    }
}
