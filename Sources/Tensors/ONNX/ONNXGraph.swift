internal import CTorch

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
    private mutating func removeUnused() {
        var needed = Set(outputs.map(\.name))
        nodes = nodes.reversed().filter { node in
            guard needed.contains(node.output) else { return false }
            needed.formUnion(node.inputs)
            return true
        }.reversed()
        constants = constants.filter { needed.contains($0.key) }
    }
}
