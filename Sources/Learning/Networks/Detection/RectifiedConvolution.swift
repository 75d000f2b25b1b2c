import Tensors

/// A convolution without padding and a rectifier with learnable slopes: the building block of MTCNN.
struct RectifiedConvolution {
    private let convolution: Conv2d
    private let rectifier: PReLU

    /// Creates a block whose values are called `convN.…` and `preluN.weight` under `parameters`.
    init(_ parameters: Parameters, _ number: Int, in inputs: Int, out outputs: Int, kernel: Int = 3) throws {
        convolution = try Conv2d(parameters["conv\(number)"], in: inputs, out: outputs, kernel: kernel)
        rectifier = try PReLU(parameters["prelu\(number)"], channels: outputs, of: .maps)
    }

    func callAsFunction(_ x: Tensor) -> Tensor { rectifier(convolution(x)) }
}

/// A linear layer on a whole map and a rectifier with learnable slopes.
struct RectifiedLinear {
    private let layer: Linear
    private let rectifier: PReLU

    /// Creates a layer whose values are called `denseN.…` and `preluN.weight` under `parameters`.
    init(_ parameters: Parameters, _ number: Int, in inputs: Int, out outputs: Int) throws {
        layer = try Linear(parameters["dense\(number)"], in: inputs, out: outputs)
        rectifier = try PReLU(parameters["prelu\(number)"], channels: outputs, of: .vectors)
    }

    /// Maps `[batch, channels, height, width]` to `[batch, out]`. As in the original, columns come before rows.
    func callAsFunction(_ x: Tensor) -> Tensor {
        let shape = x.shape
        return rectifier(layer(x.permuted([0, 3, 2, 1]).reshaped([-1, shape[1] * shape[2] * shape[3]])))
    }
}
