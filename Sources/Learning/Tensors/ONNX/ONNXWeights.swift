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
        guard let model = Message(data), let graph = model.bytes(7).first, let fields = Message(graph)
        else { throw damaged }
        var constants: [String: (shape: [Int], values: Data)] = [:]
        for entry in fields.bytes(5) {
            guard let tensor = Message(entry), let name = tensor.bytes(8).first else { throw damaged }
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

/// The fields of one message by number, each in the order of the bytes.
private struct Message {
    private var integers: [Int: [Int]] = [:]
    private var bytes: [Int: [Data]] = [:]

    /// Parses a message; `nil` if the bytes are not one.
    init?(_ data: Data) {
        var fields = ProtobufFields(data)
        while let (number, value) = fields.next() {
            switch value {
            case .integer(let integer): integers[number, default: []].append(integer)
            case .bytes(let data): bytes[number, default: []].append(data)
            case .fixed: break
            }
        }
        guard !fields.isDamaged else { return nil }
    }

    func integers(_ field: Int) -> [Int] { integers[field] ?? [] }

    func bytes(_ field: Int) -> [Data] { bytes[field] ?? [] }
}
