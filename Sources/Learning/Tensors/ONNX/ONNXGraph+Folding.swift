extension ONNXGraph {
    /// Folds each batch normalization into the convolution or matrix product before it, if nothing else uses that
    /// result: w' = w · s and b' = (b − mean) · s + shift with s = scale / √(variance + ε). The network computes the
    /// same with one operation fewer.
    mutating func foldBatchNormalization() {
        var producers: [String: Int] = [:]
        var uses: [String: Int] = [:]
        for (index, node) in nodes.enumerated() {
            producers[node.output] = index
            for input in node.inputs { uses[input, default: 0] += 1 }
        }
        var folded: Set<Int> = []
        for (index, node) in nodes.enumerated() where node.operation == "BatchNormalization" {
            guard let input = node.inputs.first, let producer = producers[input],
                let axis = Self.outputAxis(of: nodes[producer]), uses[input] == 1,
                !outputs.contains(where: { $0.name == input }),
                withoutGradients({ fold(node, into: producer, axis: axis) })
            else { continue }
            folded.insert(index)
        }
        nodes = nodes.enumerated().filter { !folded.contains($0.offset) }.map(\.element)
    }

    /// Returns the output axis of an operation's weight; `nil` if no normalization can be folded into the operation.
    private static func outputAxis(of node: ONNXNode) -> Int? {
        switch node.operation {
        case "Conv": 0
        case "Gemm" where node.attributes["transB"] == .int(1): 0
        case "ConvTranspose" where node.attributes["group"] == .int(1): 1
        default: nil
        }
    }

    /// Folds a normalization whose values are constants that fit the product's. Returns `false` if they are not.
    private mutating func fold(_ normalization: ONNXNode, into producer: Int, axis: Int) -> Bool {
        let product = nodes[producer]
        let statistics = normalization.inputs.dropFirst().compactMap { constants[$0]?.to(.float64) }
        guard statistics.count == 4, product.inputs.count > 1,
            let weight = constants[product.inputs[1]]?.to(.float64), weight.shape.count > axis,
            statistics.allSatisfy({ $0.shape == [weight.shape[axis]] })
        else { return false }
        let bias = product.inputs.count > 2 ? constants[product.inputs[2]]?.to(.float64) : nil
        guard product.inputs.count < 3 || bias?.shape == [weight.shape[axis]] else { return false }
        var epsilon: Float = 1e-5
        if case .float(let stated) = normalization.attributes["epsilon"] { epsilon = stated }
        let (scale, shift, mean, variance) = (statistics[0], statistics[1], statistics[2], statistics[3])
        let factor = scale / (variance + Double(epsilon)).squareRoot
        var broadcast = [Int](repeating: 1, count: weight.shape.count)
        broadcast[axis] = -1
        // The weight may also be used elsewhere with another normalization after it, so the folded weight gets its own
        // name.
        let name = "\(product.inputs[1]).\(normalization.output)"
        constants[name] = (weight * factor.reshaped(broadcast)).to(.float32)
        constants[name + ".bias"] = (((bias.map { $0 - mean } ?? -mean) * factor) + shift).to(.float32)
        nodes[producer].inputs = [product.inputs[0], name, name + ".bias"]
        nodes[producer].output = normalization.output
        return true
    }
}
