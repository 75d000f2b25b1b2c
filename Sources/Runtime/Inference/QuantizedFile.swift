import Foundation

/// A test that finds out whether an ONNX file holds a quantized network, based on its list of operations; the weights
/// are not read.
struct QuantizedFile {
    /// Whether an operation quantizes or dequantizes; false for a file that is not ONNX, which the engine will report.
    let isQuantized: Bool

    private static let operations: Set<String> = ["QuantizeLinear", "DequantizeLinear"]

    // Field numbers in onnx.proto.
    private static let graph = 7, node = 1, operation = 4

    init(_ url: URL) {
        guard let file = MappedFile(url) else {
            isQuantized = false
            return
        }
        isQuantized = Fields(file.bytes).contains { field in
            field.number == Self.graph
                && Fields(field.bytes).contains { field in
                    field.number == Self.node
                        && Fields(field.bytes).contains { field in
                            field.number == Self.operation
                                && Self.operations.contains(String(decoding: field.bytes, as: UTF8.self))
                        }
                }
        }
    }

    /// The fields of a Protocol Buffers message that hold bytes, up to any damage.
    private struct Fields: Sequence, IteratorProtocol {
        private let bytes: UnsafeRawBufferPointer
        private var place = 0

        init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

        mutating func next() -> (number: UInt64, bytes: UnsafeRawBufferPointer)? {
            while let key = varint() {
                switch key & 7 {
                case 0: guard varint() != nil else { return nil }
                case 1: place += 8
                case 5: place += 4
                case 2:
                    guard let size = varint(), size <= UInt64(bytes.count - place) else { return nil }
                    defer { place += Int(size) }
                    return (key >> 3, UnsafeRawBufferPointer(rebasing: bytes[place..<place + Int(size)]))
                default: return nil
                }
            }
            return nil
        }

        private mutating func varint() -> UInt64? {
            var value: UInt64 = 0
            for shift in stride(from: UInt64(0), to: 64, by: 7) {
                guard place < bytes.count else { return nil }
                let byte = bytes[place]
                place += 1
                value |= UInt64(byte & 0x7F) << shift
                if byte < 0x80 { return value }
            }
            return nil
        }
    }
}
