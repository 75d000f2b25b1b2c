internal import Foundation

extension ONNXGraph {
    /// A product of an activation and a constant weight. It runs in 8-bit integers if both are quantized.
    public struct Product: Sendable, Hashable {
        /// `Conv`, `Gemm` or `MatMul`.
        public let operation: String
        /// The activation's name: a result of the graph or an input.
        public let activation: String
        /// The weight's name: the parameter's name, unless a normalization was folded into it.
        public let weight: String
        /// The number of values of the weight.
        public let weightCount: Int
        /// The output axis of the weight.
        let axis: Int
        /// The product's index in the graph.
        let node: Int
    }

    /// The products that can be quantized, in execution order.
    public var products: [Product] {
        nodes.enumerated().compactMap { index, node in
            guard node.inputs.count > 1, constants[node.inputs[0]] == nil, let weight = constants[node.inputs[1]],
                weight.element == .float32, let axis = Self.resultAxis(of: node, rank: weight.shape.count),
                axis < weight.shape.count
            else { return nil }
            return Product(
                operation: node.operation, activation: node.inputs[0], weight: node.inputs[1],
                weightCount: weight.shape.reduce(1, *), axis: axis, node: index)
        }
    }

    /// The products whose activations do not depend on some of the inputs.
    ///
    /// - Parameter inputs: Names of inputs. Unknown names are ignored.
    public func products(independentOf inputs: Set<String>) -> [Product] {
        var dependent = inputs
        for node in nodes where !dependent.isDisjoint(with: node.inputs) { dependent.insert(node.output) }
        return products.filter { !dependent.contains($0.activation) }
    }

    private static func resultAxis(of node: ONNXNode, rank: Int) -> Int? {
        switch node.operation {
        case "Conv": 0
        case "Gemm": node.attributes["transB"] == .int(1) ? 0 : 1
        case "MatMul" where rank == 2: 1
        default: nil
        }
    }

    /// Returns the same graph with `activations` as additional outputs, so that their ranges can be measured.
    ///
    /// - Parameter activations: Names of activations in ``products``. The graph's inputs are skipped, because their
    ///   values are known.
    public func exposing(_ activations: some Sequence<String>) -> ONNXGraph {
        let results = Set(nodes.map(\.output)), known = Set(outputs.map(\.name))
        var graph = self
        graph.exposed = Set(activations).intersection(results).subtracting(known).sorted()
        return graph
    }

    /// Returns the same graph with `products` quantized (Jacob et al. 2018, "Quantization and Training of Neural
    /// Networks for Efficient Integer-Arithmetic-Only Inference", section 2). The graph holds pairs of `QuantizeLinear`
    /// and `DequantizeLinear`, which inference engines turn into integer operations.
    ///
    /// Activations become unsigned integers with one scale and one zero point each. Weights become signed integers
    /// without a zero point, with one scale per output; two neighboring ones add up to at most 128. Biases and everything else stay
    /// floating point.
    ///
    /// - Parameters:
    ///   - products: Some of ``products``.
    ///   - ranges: The range of each of their activations, by name.
    /// - Throws: ``QuantizationError`` if a range is missing or a weight is not finite.
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
                let node = try graph.quantize(weight: product.weight, of: nodes[product.node], product.axis, name: key)
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

    /// Adds a conversion to integers and back. An engine that finds this pair before a product computes the product in
    /// integers.
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

    private mutating func quantize(
        weight: String, of node: ONNXNode, _ axis: Int, name: String
    ) throws(QuantizationError) -> ONNXNode {
        guard let tensor = constants[weight] else { preconditionFailure("\(weight) must be a constant") }
        let isDepthwise = node.attributes["group"] == .int(tensor.shape[0]) && tensor.shape[0] > 1
        guard
            let quantized = QuantizedWeight(
                tensor.floats, shape: tensor.shape, axis: axis, isDepthwise: isDepthwise)
        else { throw .notFinite(weight) }
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
