public import Foundation
public import LikenessSupport

/// A reader for the weights in an ONNX file, by name, so that training can continue from them.
public enum ONNXWeights {
    /// Reads the floating-point constants of the graph in `url`.
    ///
    /// - Throws: ``ONNXWeightsError`` if the file is damaged or is not an ONNX file; a Foundation error if it can't be
    ///   opened.
    public static func read(_ url: URL) throws -> [String: Tensor] {
        try constants(in: Data(contentsOf: url, options: .mappedIfSafe), name: url.path).mapValues { constant in
            constant.values.withUnsafeBytes { Tensor(raw: $0, .float32, shape: constant.shape) }
        }
    }

    /// Returns the bytes and shapes of the floating-point constants in an ONNX file, without creating tensors.
    ///
    /// - Parameter name: The file's name in an error.
    static func constants(
        in data: Data, name: String
    ) throws(ONNXWeightsError) -> [String: (shape: [Int], values: Data)] {
        let damaged = ONNXWeightsError(name: name)
        guard let model = ProtobufFields(data), let graph = model.bytes(7).first, let fields = ProtobufFields(graph)
        else { throw damaged }
        var constants: [String: (shape: [Int], values: Data)] = [:]
        for entry in fields.bytes(5) {
            guard let tensor = ProtobufFields(entry), let name = tensor.bytes(8).first else { throw damaged }
            guard tensor.integers(2).first == EncodedConstant.Element.float32.rawValue else { continue }
            let shape = tensor.integers(1)
            guard let values = tensor.bytes(9).first, Tensor.Element.float32.bytes(of: shape) == values.count
            else { throw damaged }
            constants[String(decoding: name, as: UTF8.self)] = (shape, values)
        }
        return constants
    }
}

/// An error for a file that is damaged or is not an ONNX file.
public struct ONNXWeightsError: LikenessError, Hashable {
    /// The file.
    public let name: String

    /// The code of every model that can't be used.
    public var code: String { "damaged_model" }

    /// The category of every model that can't be used.
    public var category: ErrorCategory { .unavailable }

    /// The problem in one clause.
    public var problem: String { "\(name) can't be read as ONNX: it is damaged or is another kind of file" }

    /// There is no advice.
    public var remedy: String? { nil }
}

/// The fields of one Protocol Buffers message.
private struct ProtobufFields {
    private var integers: [Int: [Int]] = [:]
    private var bytes: [Int: [Data]] = [:]

    /// Parses a message; `nil` if the bytes are not one.
    init?(_ data: Data) {
        var place = data.startIndex
        func varint() -> UInt64? {
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
        while place < data.endIndex {
            guard let key = varint() else { return nil }
            let field = Int(truncatingIfNeeded: key >> 3)
            switch key & 7 {
            case 0:
                guard let value = varint() else { return nil }
                integers[field, default: []].append(Int(truncatingIfNeeded: value))
            case 1, 5:
                let size = key & 7 == 1 ? 8 : 4
                guard data.endIndex - place >= size else { return nil }
                place += size
            case 2:
                guard let size = varint(), size <= UInt64(data.endIndex - place) else { return nil }
                bytes[field, default: []].append(data[place..<place + Int(size)])
                place += Int(size)
            default: return nil
            }
        }
    }

    func integers(_ field: Int) -> [Int] { integers[field] ?? [] }

    func bytes(_ field: Int) -> [Data] { bytes[field] ?? [] }
}
