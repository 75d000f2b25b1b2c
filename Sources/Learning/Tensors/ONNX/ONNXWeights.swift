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
        guard let model = ProtobufTable(data), let graph = model.bytes(7).first, let fields = ProtobufTable(graph)
        else { throw damaged }
        var constants: [String: (shape: [Int], values: Data)] = [:]
        for entry in fields.bytes(5) {
            guard let tensor = ProtobufTable(entry), let name = tensor.text(8) else { throw damaged }
            guard tensor.integers(2).first == EncodedConstant.Element.float32.rawValue else { continue }
            let shape = tensor.integers(1)
            guard let values = tensor.bytes(9).first, Tensor.Element.float32.bytes(of: shape) == values.count
            else { throw damaged }
            constants[name] = (shape, values)
        }
        return constants
    }
}

/// An error for a file that is damaged, is not an ONNX file, or holds something that can't be read here.
public struct ONNXWeightsError: LikenessError, Hashable {
    /// The file.
    public let name: String
    /// What can't be read, such as `operator set 9`; `nil` if the file is damaged or is not an ONNX file.
    public var unsupported: String?

    /// The code of every model that can't be used.
    public var code: String { "damaged_model" }

    /// The category of every model that can't be used.
    public var category: ErrorCategory { .unavailable }

    /// The problem in one clause.
    public var problem: String {
        "\(name) can't be read as ONNX: "
            + (unsupported.map { "it has \($0), which is not supported" } ?? "it is damaged or is another kind of file")
    }

    /// There is no advice.
    public var remedy: String? { nil }
}
