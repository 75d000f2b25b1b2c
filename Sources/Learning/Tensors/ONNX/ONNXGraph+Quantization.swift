internal import Foundation

extension ONNXGraph {
    /// A product of an activation with a constant weight: what runs in 8-bit integers where both are quantized.
    public struct Product: Sendable, Hashable {
        /// `Conv`, `Gemm` or `MatMul`.
        public let operation: String
        /// The activation's name: a result of the graph, or an input.
        public let activation: String
        /// The weight's name: that of the parameter where nothing was folded into it.
        public let weight: String
        /// The axis of the weight that counts the product's results.
        let axis: Int
        /// The product's place in the graph.
        let node: Int
    }

    /// The products that can be quantized, in the order of computing.
    public var products: [Product] {
        nodes.enumerated().compactMap { index, node in
            guard node.inputs.count > 1, constants[node.inputs[0]] == nil, let weight = constants[node.inputs[1]],
                weight.element == .float32, let axis = Self.resultAxis(of: node, rank: weight.shape.count)
            else { return nil }
            return Product(
                operation: node.operation, activation: node.inputs[0], weight: node.inputs[1], axis: axis, node: index)
        }
    }

    private static func resultAxis(of node: ONNXNode, rank: Int) -> Int? {
        switch node.operation {
        case "Conv": 0
        case "Gemm": node.attributes["transB"] == .int(1) ? 0 : 1
        case "MatMul" where rank == 2: 1
        default: nil
        }
    }

    /// The same graph, which also gives `activations` as outputs of their names: to see what they are over pictures.
    ///
    /// - Parameter activations: Names out of ``products``; the graph's inputs are left out, whose values are known.
    public func exposing(_ activations: some Sequence<String>) -> ONNXGraph {
        let results = Set(nodes.map(\.output)), known = Set(outputs.map(\.name))
        var graph = self
        graph.exposed = Set(activations).intersection(results).subtracting(known).sorted()
        return graph
    }

    /// The same graph with `products` quantized (Jacob et al. 2018, "Quantization and Training of Neural Networks for
    /// Efficient Integer-Arithmetic-Only Inference", section 2), in the form of pairs of `QuantizeLinear` and
    /// `DequantizeLinear`, from which inference engines make integer operations.
    ///
    /// Activations become unsigned integers, with one scale and zero point for each; weights become signed ones without
    /// a zero point, with a scale for each of the product's results: the largest magnitude is 127. Biases and everything
    /// else stay floating point.
    ///
    /// - Parameters:
    ///   - products: Some of ``products``.
    ///   - ranges: The range of each of their activations, by name.
    /// - Throws: ``QuantizationError`` where a range is missing or a weight is not finite.
    public func quantized(
        _ products: [Product], ranges: [String: QuantizationRange]
    ) throws(QuantizationError) -> ONNXGraph {
        var graph = self
        var before: [Int: [ONNXNode]] = [:]
        var activations: [String: String] = [:], weights: [String: String] = [:]
        for product in products.sorted(by: { $0.node < $1.node }) {
            if activations[product.activation] == nil {
                guard let range = ranges[product.activation] else { throw .noRange(product.activation) }
                let pair = graph.quantize(product.activation, range)
                before[product.node, default: []] += pair
                activations[product.activation] = pair[1].output
            }
            let key = "\(product.weight).\(product.axis)"
            if weights[key] == nil {
                let node = try graph.quantize(weight: product.weight, axis: product.axis, name: key)
                before[product.node, default: []].append(node)
                weights[key] = node.output
            }
            graph.nodes[product.node].inputs.replaceSubrange(
                0...1, with: [activations[product.activation], weights[key]].compactMap(\.self))
        }
        graph.nodes = graph.nodes.enumerated().flatMap { before[$0.offset, default: []] + [$0.element] }
        graph.removeUnused()
        return graph
    }

    /// To integers and back: an engine that finds the pair before a product computes the product in integers.
    private mutating func quantize(_ activation: String, _ range: QuantizationRange) -> [ONNXNode] {
        let (scale, zero) = ("\(activation).scale", "\(activation).zero")
        encoded[scale] = EncodedConstant(range.scale)
        encoded[zero] = EncodedConstant(element: .uint8, shape: [], data: Data([range.zeroPoint]))
        return [
            ONNXNode(
                operation: "QuantizeLinear", inputs: [activation, scale, zero], output: "\(activation).quantized",
                attributes: [:]),
            ONNXNode(
                operation: "DequantizeLinear", inputs: ["\(activation).quantized", scale, zero],
                output: "\(activation).dequantized", attributes: [:]),
        ]
    }

    private mutating func quantize(weight: String, axis: Int, name: String) throws(QuantizationError) -> ONNXNode {
        guard let tensor = constants[weight] else { preconditionFailure("\(weight) is a constant") }
        guard let quantized = QuantizedWeight(tensor.floats, shape: tensor.shape, axis: axis) else {
            throw .notFinite(weight)
        }
        let inputs = ["quantized", "scale", "zero"].map { "\(name).\($0)" }
        encoded[inputs[0]] = EncodedConstant(
            element: .int8, shape: tensor.shape, data: quantized.values.withUnsafeBytes { Data($0) })
        encoded[inputs[1]] = EncodedConstant(
            element: .float32, shape: [quantized.scales.count], data: quantized.scales.withUnsafeBytes { Data($0) })
        encoded[inputs[2]] = EncodedConstant(
            element: .int8, shape: [quantized.scales.count], data: Data(count: quantized.scales.count))
        return ONNXNode(
            operation: "DequantizeLinear", inputs: inputs, output: "\(name).dequantized",
            attributes: ["axis": .int(axis)])
    }
}
