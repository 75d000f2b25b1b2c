public import Foundation

extension ONNXGraph {
    /// The operator sets of the files that can be read. Their operations mean the same in the set that is written.
    static let readableOperatorSets = 13...operatorSet

    /// Reads a network from an ONNX file, so that it can be changed and written again.
    ///
    /// Batch normalizations are folded into the products before them, and constants in 16 bits that the network casts to
    /// floats become floats.
    ///
    /// - Throws: ``ONNXWeightsError`` if the file is damaged, is not an ONNX file, or has a graph that can't be read; a
    ///   Foundation error if it can't be opened.
    public init(contentsOf url: URL) throws {
        try self.init(reading: Data(contentsOf: url, options: .mappedIfSafe), name: url.path)
        makeTensors()
        castConstants()
        foldBatchNormalization()
        removeUnused()
    }

    /// Reads a network from the bytes of an ONNX file, without creating tensors: all constants are encoded.
    ///
    /// - Parameter name: The file's name in an error.
    init(reading data: Data, name: String) throws(ONNXWeightsError) {
        let damaged = ONNXWeightsError(name: name)
        guard let model = ProtobufTable(data), let bytes = model.bytes(7).first, let graph = ProtobufTable(bytes)
        else { throw damaged }
        for entry in model.bytes(8) {
            guard let set = ProtobufTable(entry), let version = set.integers(2).first else { throw damaged }
            let domain = set.text(1) ?? ""
            guard domain.isEmpty, Self.readableOperatorSets.contains(version) else {
                throw ONNXWeightsError(
                    name: name, unsupported: domain.isEmpty ? "operator set \(version)" : "operators of \(domain)")
            }
        }
        guard !model.bytes(8).isEmpty else { throw damaged }
        var constants: [String: EncodedConstant] = [:]
        for entry in graph.bytes(5) {
            guard let tensor = ProtobufTable(entry), let label = tensor.text(8) else { throw damaged }
            constants[label] = try Self.constant(tensor, in: name)
        }
        let known = Set(constants.keys)
        func ports(_ field: Int) throws(ONNXWeightsError) -> [Port] {
            var ports: [Port] = []
            for entry in graph.bytes(field) {
                guard let port = Self.port(entry) else { throw damaged }
                ports.append(port)
            }
            return ports
        }
        var nodes: [ONNXNode] = []
        for entry in graph.bytes(1) { nodes.append(try Self.node(entry, in: name)) }
        let inputs = try ports(11).filter { !known.contains($0.name) }, outputs = try ports(12)
        // Every value must be known before it is used.
        var values = known.union(inputs.map(\.name)).union([""])
        for node in nodes {
            guard values.isSuperset(of: node.inputs), values.insert(node.output).inserted else { throw damaged }
        }
        guard !inputs.isEmpty, !outputs.isEmpty, values.isSuperset(of: outputs.map(\.name)) else { throw damaged }
        self.init(inputs: inputs, outputs: outputs, nodes: nodes, constants: [:], encoded: constants)
    }

    private static func constant(_ tensor: ProtobufTable, in name: String) throws(ONNXWeightsError) -> EncodedConstant {
        let shape = tensor.integers(1)
        guard let code = tensor.integers(2).first else { throw ONNXWeightsError(name: name) }
        guard let element = EncodedConstant.Element(rawValue: code) else {
            throw ONNXWeightsError(name: name, unsupported: "constants of type \(code)")
        }
        // Small constants may be listed as numbers instead of bytes, and large ones may be in another file.
        guard let data = tensor.bytes(9).first else {
            throw ONNXWeightsError(name: name, unsupported: "constants that are not stored as bytes")
        }
        guard element.bytes(of: shape) == data.count else { throw ONNXWeightsError(name: name) }
        return EncodedConstant(element: element, shape: shape, data: data)
    }

    private static func port(_ entry: Data) -> Port? {
        guard let port = ProtobufTable(entry), let name = port.text(1), let type = port.bytes(2).first,
            let tensor = ProtobufTable(type)?.bytes(1).first, let fields = ProtobufTable(tensor)
        else { return nil }
        let shape = fields.bytes(2).first.flatMap { ProtobufTable($0) }
        let extents = shape?.bytes(1).map { dimension in ProtobufTable(dimension)?.integers(1).first }
        return Port(name: name, shape: extents ?? [])
    }

    private static func node(_ entry: Data, in name: String) throws(ONNXWeightsError) -> ONNXNode {
        guard let node = ProtobufTable(entry), let operation = node.text(4) else { throw ONNXWeightsError(name: name) }
        let outputs = node.texts(2)
        guard let output = outputs.first, outputs.dropFirst().allSatisfy(\.isEmpty) else {
            throw ONNXWeightsError(name: name, unsupported: "an operation with several results, \(operation)")
        }
        var attributes: [String: ONNXAttribute] = [:]
        for entry in node.bytes(5) {
            guard let attribute = ProtobufTable(entry), let label = attribute.text(1) else {
                throw ONNXWeightsError(name: name)
            }
            attributes[label] =
                switch attribute.integers(20).first {
                case 1: .float(attribute.float(2) ?? 0)
                case 2: .int(attribute.integers(3).first ?? 0)
                case 5, 10: throw ONNXWeightsError(name: name, unsupported: "graphs within the graph, in \(operation)")
                default: .encoded(entry)
                }
        }
        return ONNXNode(operation: operation, inputs: node.texts(1), output: output, attributes: attributes)
    }

    /// Makes tensors of the floating-point constants.
    private mutating func makeTensors() {
        for (name, constant) in encoded {
            guard let element: Tensor.Element = [.float32: .float32, .float16: .float16][constant.element] else {
                continue
            }
            constants[name] = constant.data.withUnsafeBytes { Tensor(raw: $0, element, shape: constant.shape) }
            encoded[name] = nil
        }
    }

    /// Replaces casts of constants in 16 bits to floats by constants.
    private mutating func castConstants() {
        let toFloats = ONNXAttribute.int(EncodedConstant.Element.float32.rawValue)
        nodes.removeAll { node in
            guard node.operation == "Cast", node.attributes["to"] == toFloats, node.inputs.count == 1,
                let half = constants[node.inputs[0]], !outputs.contains(where: { $0.name == node.output })
            else { return false }
            constants[node.output] = half.to(.float32)
            return true
        }
    }
}
