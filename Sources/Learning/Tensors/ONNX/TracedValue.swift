/// A value in a graph that is being recorded: what an exported network computes from its inputs.
///
/// Recording follows the data. Operations on a tensor that has one are written down and their results have one too;
/// what is computed from parameters alone becomes a constant of the graph.
struct TracedValue {
    let recorder: GraphRecorder
    let name: String

    /// The result of an operation on `inputs`, of which this is one.
    func then(_ operation: String, _ inputs: [Tensor], _ attributes: [String: ONNXAttribute] = [:]) -> TracedValue {
        recorder.record(operation, inputs.map(recorder.name), attributes)
    }

    /// `x · weightᵀ + bias` over the last axis, this being x's.
    func thenLinear(_ x: Tensor, weight: Tensor, bias: Tensor?) -> TracedValue {
        let bias = bias.map { [$0] } ?? []
        // Gemm is for matrices only; it takes the weight as it is.
        if x.shape.count == 2 { return then("Gemm", [x, weight] + bias, ["transB": .int(1)]) }
        let product = then("MatMul", [x, weight.transposed])
        return bias.isEmpty ? product : recorder.record("Add", [product.name] + bias.map(recorder.name), [:])
    }

    /// A picture at another size, for any batch: the batch's extent is read from the input when the graph runs.
    func thenResize(_ input: Tensor, channels: Int, height: Int, width: Int) -> TracedValue {
        let shape = recorder.record("Shape", [name], [:])
        let first = recorder.record("Slice", [shape.name] + [[0], [1], [0]].map { recorder.name(of: Tensor($0)) }, [:])
        let rest = recorder.name(of: Tensor([channels, height, width]))
        let sizes = recorder.record("Concat", [first.name, rest], ["axis": .int(0)])
        // The two empty names are the region of interest and the scales, which the sizes replace.
        return recorder.record(
            "Resize", [name, "", "", sizes.name],
            ["mode": .string("linear"), "coordinate_transformation_mode": .string("half_pixel")])
    }
}

/// Writes down the operations of a network as it runs once.
final class GraphRecorder {
    private(set) var nodes: [ONNXNode] = []
    private(set) var constants: [String: Tensor] = [:]
    private var names: [ObjectIdentifier: String]
    private var kept: [Tensor] = []

    init(parameters: [ParameterStore.Entry]) {
        names = Dictionary(uniqueKeysWithValues: parameters.map { (ObjectIdentifier($0.tensor), $0.name) })
        kept = parameters.map(\.tensor)
    }

    /// What a tensor is called in the graph; a constant is taken up into it.
    func name(of tensor: Tensor) -> String {
        if let traced = tensor.traced { return traced.name }
        let name = names[ObjectIdentifier(tensor)] ?? "constant_\(constants.count)"
        if names[ObjectIdentifier(tensor)] == nil {
            names[ObjectIdentifier(tensor)] = name
            // Another tensor must not come to lie at this one's address while its name is in use.
            kept.append(tensor)
        }
        constants[name] = tensor
        return name
    }

    func record(_ operation: String, _ inputs: [String], _ attributes: [String: ONNXAttribute]) -> TracedValue {
        let name = "\(operation.lowercased())_\(nodes.count)"
        nodes.append(ONNXNode(operation: operation, inputs: inputs, output: name, attributes: attributes))
        return TracedValue(recorder: self, name: name)
    }
}
