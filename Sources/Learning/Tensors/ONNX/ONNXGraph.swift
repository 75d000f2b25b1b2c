internal import CTorch
internal import Foundation

/// An attribute of an ONNX operation.
enum ONNXAttribute: Hashable {
    case int(Int)
    case ints([Int])
    case float(Float)
    case string(String)
}

/// One operation of an ONNX graph; it has one result.
struct ONNXNode {
    var operation: String
    var inputs: [String]
    var output: String
    var attributes: [String: ONNXAttribute]
}

/// A constant as an ONNX file holds it.
struct EncodedConstant {
    /// The types of ONNX (`TensorProto.DataType`).
    enum Element: Int {
        case float32 = 1, uint8 = 2, int8 = 3, int32 = 6, int64 = 7, bool = 9, float16 = 10, float64 = 11
        case bfloat16 = 16
    }

    var element: Element
    var shape: [Int]
    /// The numbers' bytes, the last axis running fastest.
    var data: Data
}

extension EncodedConstant {
    init(_ tensor: Tensor) { self.init(element: tensor.element.onnx, shape: tensor.shape, data: tensor.data) }

    /// A single number.
    init(_ number: Float) {
        self.init(element: .float32, shape: [], data: withUnsafeBytes(of: number) { Data($0) })
    }
}

extension Tensor.Element {
    /// ONNX's name for the type.
    var onnx: EncodedConstant.Element {
        switch self {
        case .float32: .float32
        case .uint8: .uint8
        case .int32: .int32
        case .int64: .int64
        case .bool: .bool
        case .float16: .float16
        case .float64: .float64
        case .bfloat16: .bfloat16
        }
    }
}

/// A network as an ONNX graph (operator set 17), which inference engines read.
public struct ONNXGraph {
    /// An input or output: its name and shape, in which `nil` stands for any number of faces.
    public struct Port: Sendable, Hashable {
        /// What it is called.
        public var name: String
        /// The extents.
        public var shape: [Int?]
    }

    /// The inputs, in order.
    public let inputs: [Port]
    /// The outputs, in order.
    public let outputs: [Port]
    var nodes: [ONNXNode]
    var constants: [String: Tensor]
    /// Constants of a type that tensors do not have.
    var encoded: [String: EncodedConstant] = [:]
    /// Results that are outputs too, without a shape that is known here.
    var exposed: [String] = []

    /// Records what `network` computes.
    ///
    /// - Parameters:
    ///   - inputs: Names and shapes for one face each; the first extent is the batch and will take any number.
    ///   - outputs: The names of what `network` gives.
    ///   - parameters: The network's values, whose names the graph keeps.
    ///   - network: Runs the network once, on zeros, with training off.
    public init(
        inputs: [(name: String, shape: [Int])], outputs: [String], parameters: ParameterStore,
        _ network: ([Tensor]) -> [Tensor]
    ) {
        let recorder = GraphRecorder(parameters: parameters.entries)
        let (results, ports): ([Tensor], [Port]) = withoutGradients {
            let examples = inputs.map { name, shape in
                Tensor(
                    handle: Tensor.make {
                        $0.full(
                            0, Tensor.Element.float32.code, shape.wide, Int32(shape.count), parameters.device.code, &$1)
                    },
                    traced: TracedValue(recorder: recorder, name: name))
            }
            let results = network(examples)
            precondition(results.count == outputs.count, "\(results.count) results have \(outputs.count) names")
            return (
                results,
                zip(outputs, results).map { Port(name: $0, shape: [nil] + $1.shape.dropFirst().map(Optional.some)) }
            )
        }
        self.inputs = inputs.map { Port(name: $0.name, shape: [nil] + $0.shape.dropFirst().map(Optional.some)) }
        self.outputs = ports
        var nodes = recorder.nodes
        for (name, result) in zip(outputs, results) {
            guard result.traced != nil else { preconditionFailure("\(name) does not depend on the inputs") }
            nodes.append(
                ONNXNode(operation: "Identity", inputs: [recorder.name(of: result)], output: name, attributes: [:]))
        }
        self.nodes = nodes
        constants = recorder.constants
        foldBatchNormalization()
        removeUnused()
    }

    /// How many operations there are.
    public var operationCount: Int { nodes.count }

    /// How often each operation is used.
    public var operations: [String: Int] { nodes.reduce(into: [:]) { $0[$1.operation, default: 0] += 1 } }

    /// Leaves out operations whose results nobody uses, and constants.
    mutating func removeUnused() {
        var needed = Set(outputs.map(\.name) + exposed)
        nodes = nodes.reversed().filter { node in
            guard needed.contains(node.output) else { return false }
            needed.formUnion(node.inputs)
            return true
        }.reversed()
        constants = constants.filter { needed.contains($0.key) }
        encoded = encoded.filter { needed.contains($0.key) }
    }
}
