package import Foundation

/// The fields of a message in Protocol Buffers' wire format, in the order of the bytes; ends where the message is damaged.
package struct ProtobufFields: Sequence, IteratorProtocol {
    /// A field's value.
    package enum Value {
        /// An integer.
        case integer(Int)
        /// Bytes: a text, a message or packed numbers.
        case bytes(Data)
        /// The 4 or 8 bytes of a number, the lowest first.
        case fixed(Data)
    }

    /// Whether the iteration has ended because the bytes are not a message.
    package private(set) var isDamaged = false
    private let data: Data
    private var place: Data.Index

    /// Reads a message. Values are slices of `data`.
    package init(_ data: Data) { (self.data, place) = (data, data.startIndex) }

    /// Returns the next field.
    package mutating func next() -> (number: Int, value: Value)? {
        guard !isDamaged, place < data.endIndex else { return nil }
        guard let key = varint(), let value = value(ofType: key & 7) else {
            isDamaged = true
            return nil
        }
        return (Int(truncatingIfNeeded: key >> 3), value)
    }

    private mutating func value(ofType type: UInt64) -> Value? {
        switch type {
        case 0: varint().map { .integer(Int(truncatingIfNeeded: $0)) }
        case 1: take(8).map { .fixed($0) }
        case 2: bytes().map { .bytes($0) }
        case 5: take(4).map { .fixed($0) }
        default: nil
        }
    }

    private mutating func bytes() -> Data? {
        guard let count = varint() else { return nil }
        return take(count)
    }

    private mutating func take(_ count: UInt64) -> Data? {
        guard count <= UInt64(data.endIndex - place) else { return nil }
        let end = place + Int(count)
        defer { place = end }
        return data[place..<end]
    }

    private mutating func varint() -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard place < data.endIndex else { return nil }
            let byte = data[place]
            place += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}
