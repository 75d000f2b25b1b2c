/// Reads numbers at offsets into untrusted bytes; a number that lies outside them is `nil`.
struct ByteReader {
    let bytes: UnsafeRawBufferPointer

    var count: Int { bytes.count }

    func byte(_ offset: Int) -> Int? {
        offset >= 0 && offset < bytes.count ? Int(bytes[offset]) : nil
    }

    /// Returns `length` bytes as one unsigned number; `length` is at most 4.
    func number(_ offset: Int, length: Int, bigEndian: Bool) -> Int? {
        guard offset >= 0, offset <= bytes.count - length else { return nil }
        var value = 0
        for index in 0..<length {
            value = value << 8 | Int(bytes[bigEndian ? offset + index : offset + length - 1 - index])
        }
        return value
    }

    func matches(_ text: StaticString, at offset: Int) -> Bool {
        let length = text.utf8CodeUnitCount
        guard offset >= 0, offset <= bytes.count - length else { return false }
        return (0..<length).allSatisfy { bytes[offset + $0] == text.utf8Start[$0] }
    }

    func matches(_ signature: [UInt8], at offset: Int = 0) -> Bool {
        guard offset >= 0, offset <= bytes.count - signature.count else { return false }
        return signature.indices.allSatisfy { bytes[offset + $0] == signature[$0] }
    }

    /// Returns the part from `offset` on, at most `length` bytes of it.
    func slice(_ offset: Int, length: Int) -> ByteReader {
        let start = min(max(offset, 0), bytes.count)
        let end = min(start + max(length, 0), bytes.count)
        return ByteReader(bytes: UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
    }
}
