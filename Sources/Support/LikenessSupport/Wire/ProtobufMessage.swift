package import Foundation

/// A message that is being written in Protocol Buffers' wire format, as far as ONNX files use it:
/// https://protobuf.dev/programming-guides/encoding.
package struct ProtobufMessage {
    /// The bytes of the fields so far.
    package private(set) var data = Data()

    /// Creates a message without fields.
    package init() {}

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            data.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        data.append(UInt8(rest))
    }

    /// Adds an integer.
    package mutating func integer(_ field: Int, _ value: Int) {
        varint(UInt64(field) << 3)
        varint(UInt64(bitPattern: Int64(value)))
    }

    /// Adds a 32-bit number.
    package mutating func float(_ field: Int, _ value: Float) {
        varint(UInt64(field) << 3 | 5)
        withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
    }

    /// Adds bytes.
    package mutating func bytes(_ field: Int, _ value: Data) {
        varint(UInt64(field) << 3 | 2)
        varint(UInt64(value.count))
        data.append(value)
    }

    /// Adds a text.
    package mutating func string(_ field: Int, _ value: String) { bytes(field, Data(value.utf8)) }

    /// Adds a message inside this one.
    package mutating func message(_ field: Int, _ build: (inout ProtobufMessage) -> Void) {
        var inner = ProtobufMessage()
        build(&inner)
        bytes(field, inner.data)
    }
}
