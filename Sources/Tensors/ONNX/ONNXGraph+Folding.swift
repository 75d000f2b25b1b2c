extension ONNXGraph {
    /// Puts each batch normalisation into the convolution before it, whose result nothing else uses: w' = w · s and
    /// b' = (b − mean) · s + shift with s = scale / √(variance + ε). The network computes the same with one operation
    /// less.
    mutating func foldBatchNormalization() {
        var producers: [String: Int] = [:]
        var uses: [String: Int] = [:]
        for (index, node) in nodes.enumerated() {
            producers[node.output] = index
            for input in node.inputs { uses[input, default: 0] += 1 }
        }
        var folded: Set<Int> = []
        for (index, node) in nodes.enumerated() where node.operation == "BatchNormalization" {
            guard let producer = producers[node.inputs[0]], nodes[producer].operation == "Conv",
                uses[node.inputs[0]] == 1
            else { continue }
            fold(node, into: producer)
            folded.insert(index)
        }
        nodes = nodes.enumerated().filter { !folded.contains($0.offset) }.map(\.element)
    }

    private mutating func fold(_ normalization: ONNXNode, into producer: Int) {
        let convolution = nodes[producer]
        let statistics = normalization.inputs.dropFirst().compactMap { constants[$0] }
        guard statistics.count == 4, let weight = constants[convolution.inputs[1]],
            case .float(let epsilon) = normalization.attributes["epsilon"]
        else { preconditionFailure("a batch normalisation's values are constants") }
        let factor = statistics[0] / (statistics[3] + Double(epsilon)).squareRoot
        let bias = convolution.inputs.count > 2 ? constants[convolution.inputs[2]] : nil
        let mean = bias.map { statistics[2] - $0 } ?? statistics[2]
        let (weightName, biasName) = (convolution.inputs[1] + ".folded", convolution.inputs[1] + ".folded_bias")
        constants[weightName] = weight * factor.reshaped([-1] + [Int](repeating: 1, count: weight.shape.count - 1))
        constants[biasName] = statistics[1] - mean * factor
        nodes[producer].inputs = [convolution.inputs[0], weightName, biasName]
        nodes[producer].output = normalization.output
    }
}
