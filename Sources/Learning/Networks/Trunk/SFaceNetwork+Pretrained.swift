public import Tensors

extension SFaceNetwork {
    /// What is added to a variance before its root is taken: after a convolution, and in the last two normalizations.
    private static let epsilon = 1e-3, lastEpsilon = 2e-5

    /// The names of the convolutions in the published file, in their order.
    private static let convolutions =
        ["conv_1"] + (2...blocks.count + 1).flatMap { ["conv_\($0)_dw", "conv_\($0)"] }

    /// Returns the weights of a file under our names, with normalization folded into the layers before and after it.
    ///
    /// - Parameter values: The values in the published file, or in one that was exported here.
    /// - Throws: `ParameterError` with the name of a value that is missing or that has another shape.
    public static func pretrained(_ values: [String: Tensor]) throws(ParameterError) -> [String: Tensor] {
        guard values["embedding.weight"] == nil else {
            // An exported file also has constants of the graph.
            return values.filter { name, _ in name.hasPrefix("units.") || name.hasPrefix("embedding.") }
        }
        func value(_ name: String, _ shape: [Int]) throws(ParameterError) -> Tensor {
            guard let value = values[name] else { throw .missing(name, shape: shape) }
            guard value.shape == shape else { throw .misshapen(name, expected: shape, found: value.shape) }
            return value
        }
        /// The factor and the shift of a normalization: x · factor + shift.
        func normalization(_ name: String, _ width: Int, _ epsilon: Double) throws(ParameterError) -> (Tensor, Tensor) {
            let deviation = (try value("\(name)_moving_var", [width]) + epsilon).squareRoot
            let factor = try value("\(name)_gamma", [width]) / deviation
            return (factor, try value("\(name)_beta", [width]) - value("\(name)_moving_mean", [width]) * factor)
        }
        var renamed: [String: Tensor] = [:]
        var inputs = 3
        let widths = [firstWidth] + zip([firstWidth] + blocks.map(\.0), blocks).flatMap { [$0, $1.0] }
        for (index, (name, width)) in zip(convolutions, widths).enumerated() {
            let isDepthwise = name.hasSuffix("_dw"), isFirst = index == 0
            let shape = isDepthwise ? [width, 1, 3, 3] : [width, inputs, isFirst ? 3 : 1, isFirst ? 3 : 1]
            let kernel = try value("\(name)_conv2d_weight_reshaped", shape)
            let (factor, shift) = try normalization("\(name)_batchnorm", width, epsilon)
            renamed["units.\(index).conv.weight"] = kernel * factor.reshaped([width, 1, 1, 1])
            renamed["units.\(index).conv.bias"] = shift
            renamed["units.\(index).rectifier.weight"] = try value("\(name)_relu_gamma", [width, 1, 1])
            inputs = width
        }
        // The last map is normalized, then flattened channel by channel, and the embedding is normalized again.
        let places = lastSide * lastSide, features = lastWidth * places
        let (before, offset) = try normalization("bn1", lastWidth, lastEpsilon)
        let (after, shift) = try normalization("fc1", dimension, lastEpsilon)
        let weight = try value("pre_fc1_weight_dequantized", [dimension, features])
        let bias = try value("pre_fc1_bias_dequantized", [dimension])
        func spread(_ x: Tensor) -> Tensor {
            x.reshaped([lastWidth, 1]).expanded(to: [lastWidth, places]).reshaped([1, features])
        }
        renamed["embedding.weight"] = weight * spread(before) * after.reshaped([dimension, 1]) * embeddingFactor
        renamed["embedding.bias"] = (bias + (weight * spread(offset)).sum(1)) * after + shift
        return renamed
    }
}
