import Foundation
import LikenessSupport

/// A test that finds out whether an ONNX file holds a quantized network, based on its list of operations; the weights
/// are not read.
struct QuantizedFile {
    /// Whether an operation quantizes or dequantizes; false for a file that is not ONNX, which the engine will report.
    let isQuantized: Bool

    private static let operations: Set<String> = ["QuantizeLinear", "DequantizeLinear"]

    // Field numbers in onnx.proto.
    private static let graph = 7, node = 1, operation = 4

    init(_ url: URL) {
        guard let file = MappedFile(SystemPath(url.path)), let start = file.bytes.baseAddress else {
            isQuantized = false
            return
        }
        let data = Data(
            bytesNoCopy: UnsafeMutableRawPointer(mutating: start), count: file.bytes.count, deallocator: .none)
        isQuantized = Self.contents(Self.graph, of: data).contains { graph in
            Self.contents(Self.node, of: graph).contains { node in
                Self.contents(Self.operation, of: node).contains { operation in
                    Self.operations.contains(String(decoding: operation, as: UTF8.self))
                }
            }
        }
        withExtendedLifetime(file) {}
    }

    /// The contents of the fields of a number that hold bytes.
    private static func contents(_ field: Int, of message: Data) -> some Sequence<Data> {
        ProtobufFields(message).lazy.compactMap { number, value in
            guard number == field, case .bytes(let bytes) = value else { return nil }
            return bytes
        }
    }
}
