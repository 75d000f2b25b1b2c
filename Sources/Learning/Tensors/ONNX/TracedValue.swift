/// A value in a graph that is being recorded for export.
///
/// Recording follows the data: an operation on a tensor with a traced value is recorded, and its result gets a traced
/// value too. Values computed only from parameters become constants of the graph.
struct TracedValue {
    let recorder: GraphRecorder
    let name: String

    /// Records an operation on `inputs`, one of which is this value, and returns its result.
    func then(_ operation: String, _ inputs: [Tensor], _ attributes: [String: ONNXAttribute] = [:]) -> TracedValue {
        recorder.record(operation, inputs.map(recorder.name), attributes)
    }

    /// Records `x · weightᵀ + bias` over the last axis. This value must be the traced value of `x`.
    func thenLinear(_ x: Tensor, weight: Tensor, bias: Tensor?) -> TracedValue {
        let bias = bias.map { [$0] } ?? []
        // Gemm accepts only matrices. It takes the weight without transposing it first.
        if x.shape.count == 2 { return then("Gemm", [x, weight] + bias, ["transB": .int(1)]) }
        let product = then("MatMul", [x, weight.transposed])
        return bias.isEmpty ? product : recorder.record("Add", [product.name] + bias.map(recorder.name), [:])
    }

    /// Records the resizing of a picture, for any batch size: the graph reads the batch size from the input when it
    /// runs.
    func thenResize(_ input: Tensor, channels: Int, height: Int, width: Int) -> TracedValue {
        let shape = recorder.record("Shape", [name], [:])
        let first = recorder.record("Slice", [shape.name] + [[0], [1], [0]].map { recorder.name(of: Tensor($0)) }, [:])
        let rest = recorder.name(of: Tensor([channels, height, width]))
        let sizes = recorder.record("Concat", [first.name, rest], ["axis": .int(0)])
        // The two empty names are the region of interest and the scales. The sizes replace them.
        return recorder.record(
            "Resize", [name, "", "", sizes.name],
            ["mode": .string("linear"), "coordinate_transformation_mode": .string("half_pixel")])
    }
}

/// A recorder that collects the operations of a network while it runs once.
final class GraphRecorder {
    private(set) var nodes: [ONNXNode] = []
    private(set) var constants: [String: Tensor] = [:]
    private var names: [ObjectIdentifier: String]
    private var kept: [Tensor] = []

    init(parameters: [ParameterStore.Entry]) {
        names = Dictionary(uniqueKeysWithValues: parameters.map { (ObjectIdentifier($0.tensor), $0.name) })
        kept = parameters.map(\.tensor)
    }

    /// Returns the tensor's name in the graph. A constant is added to the graph first.
    func name(of tensor: Tensor) -> String {
        if let traced = tensor.traced { return traced.name }
        let name = names[ObjectIdentifier(tensor)] ?? "constant_\(constants.count)"
        if names[ObjectIdentifier(tensor)] == nil {
            names[ObjectIdentifier(tensor)] = name
            // Keep the tensor alive: another one must not get its address while the name is in use.
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
