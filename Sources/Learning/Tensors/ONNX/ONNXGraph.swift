internal import CTorch
internal import Foundation

/// An attribute of an ONNX operation.
enum ONNXAttribute: Hashable {
    case int(Int)
    case ints([Int])
    case float(Float)
    case string(String)
    /// Any other attribute of a file, as its message's bytes.
    case encoded(Data)
}

/// An operation of an ONNX graph, with one result.
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

        /// The size of a number in bytes.
        private var size: Int {
            switch self {
            case .uint8, .int8, .bool: 1
            case .float16, .bfloat16: 2
            case .float32, .int32: 4
            case .int64, .float64: 8
            }
        }

        /// Returns the size in bytes of a constant of this shape; `nil` if the shape is invalid or too large.
        func bytes(of shape: [Int]) -> Int? {
            guard let (bytes, overflow) = Tensor.Element.uint8.bytes(of: shape)?.multipliedReportingOverflow(by: size),
                !overflow
            else { return nil }
            return bytes
        }
    }

    var element: Element
    var shape: [Int]
    /// The numbers' bytes in row-major order.
    var data: Data
}

extension EncodedConstant {
    init(_ tensor: Tensor) { self.init(element: tensor.element.onnx, shape: tensor.shape, data: tensor.data) }

    /// Creates a constant of one number.
    init(_ number: Float) {
        self.init(element: .float32, shape: [], data: withUnsafeBytes(of: number) { Data($0) })
    }
}

extension Tensor.Element {
    /// ONNX's code for the type.
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
    /// An input or output: its name and its shape, in which `nil` stands for any extent.
    public struct Port: Sendable, Hashable {
        /// The port's name.
        public var name: String
        /// The port's extents.
        public var shape: [Int?]
    }

    /// The inputs, in order.
    public let inputs: [Port]
    /// The outputs, in order.
    public let outputs: [Port]
    var nodes: [ONNXNode]
    var constants: [String: Tensor]
    /// Constants of types that tensors do not have.
    var encoded: [String: EncodedConstant] = [:]
    /// Results that are also outputs and whose shapes are not known here.
    var exposed: [String] = []

    /// Records the operations of `network`.
    ///
    /// - Parameters:
    ///   - inputs: Names and shapes for one face each. The first extent is the batch; the exported graph accepts any
    ///     number.
    ///   - isResizable: Whether the exported graph also accepts any extents after the second, the channels. The network
    ///     must then be made of operations that record no extents of the picture, and it also runs on pictures of twice
    ///     the extents, to find the outputs' extents that depend on them.
    ///   - outputs: The names of the network's outputs.
    ///   - parameters: The network's values; the graph keeps their names.
    ///   - network: Runs the network once, on zeros, with training off.
    public init(
        inputs: [(name: String, shape: [Int])], isResizable: Bool = false, outputs: [String],
        parameters: ParameterStore, _ network: ([Tensor]) -> [Tensor]
    ) {
        let recorder = GraphRecorder(parameters: parameters.entries)
        let open = { (axis: Int) in axis == 0 || isResizable && axis > 1 }
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
            precondition(
                results.count == outputs.count, "the network has \(results.count) results, but \(outputs.count) names")
            let enlarged = inputs.map { _, shape in
                Tensor.zeros(
                    shape.enumerated().map { $0.offset > 1 ? 2 * $0.element : $0.element }, on: parameters.device)
            }
            let others = isResizable ? network(enlarged) : results
            return (
                results,
                zip(outputs, zip(results, others)).map { name, pair in
                    let extents = zip(pair.0.shape, pair.1.shape).enumerated()
                    return Port(
                        name: name, shape: extents.map { $0 == 0 || $1.0 != $1.1 ? nil : $1.0 })
                }
            )
        }
        self.inputs = inputs.map { name, shape in
            Port(name: name, shape: shape.enumerated().map { open($0.offset) ? nil : $0.element })
        }
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

    /// Creates a graph from its parts.
    init(
        inputs: [Port], outputs: [Port], nodes: [ONNXNode], constants: [String: Tensor],
        encoded: [String: EncodedConstant]
    ) {
        (self.inputs, self.outputs, self.nodes) = (inputs, outputs, nodes)
        (self.constants, self.encoded) = (constants, encoded)
    }

    /// The number of operations.
    public var operationCount: Int { nodes.count }

    /// The number of uses of each kind of operation.
    public var operations: [String: Int] { nodes.reduce(into: [:]) { $0[$1.operation, default: 0] += 1 } }

    /// Removes the operations and constants that no output depends on.
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
