public import Tensors

/// DeepMaskNet: a small network in the style of AlexNet, with ten learned layers.
///
/// Ullah et al., *A novel DeepMaskNet model for face mask detection and masked facial recognition*, 2022
/// (doi:10.1016/j.jksuci.2021.12.017). Only its abstract was available to us, and neither it nor the DS-AEAN paper
/// describes the architecture. The number of ten learned layers could not be checked. Four convolutions, six linear
/// maps and their sizes are our choice, after AlexNet (Krizhevsky et al., 2012): kernels of 11, 5, 3 and 3, three
/// poolings, and batch normalization instead of local response normalization. AlexNet's stride of 4 is 2 here
/// (``BackboneKind``). The last linear map gives the embedding instead of classes. 0.4 billion multiplications per
/// face.
public struct DeepMaskNet: Backbone {
    private let convolutions: [NormalizedConvolution]
    private let hidden: [Linear]
    private let embedding: Linear
    private let size: Int
    private let dropoutProbability: Double

    /// The numbers of neurons of the hidden linear layers.
    private static let neurons = [512, 512, 256, 256, 256]

    /// Creates a network with values under `parameters`: `convolutions`, `hidden`, `embedding`.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - side: The side of the faces, one of ``BackboneKind/sides``.
    ///   - dimension: The length of the embedding.
    ///   - dropout: The dropout rate of the inputs of the first two linear maps (as in AlexNet), from 0 to below 1.
    public init(
        _ parameters: Parameters, side: Int = BackboneKind.side, dimension: Int = 128, dropout: Double = 0
    ) throws {
        let place = parameters["convolutions"]
        convolutions = [
            try NormalizedConvolution(place[0], in: 3, out: 64, kernel: 11, stride: 2),
            try NormalizedConvolution(place[1], in: 64, out: 128, kernel: 5),
            try NormalizedConvolution(place[2], in: 128, out: 192),
            try NormalizedConvolution(place[3], in: 192, out: 256),
        ]
        size = 256 * (side / 16) * (side / 16)
        var inputs = size
        hidden = try Self.neurons.enumerated().map { index, neurons in
            defer { inputs = neurons }
            return try Linear(parameters["hidden"][index], in: inputs, out: neurons)
        }
        embedding = try Linear(parameters["embedding"], in: inputs, out: dimension)
        dropoutProbability = dropout
    }

    /// Maps faces `[batch, 3, side, side]` (red, green, blue, −1 to 1) to embeddings `[batch, dimension]`.
    public func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        var y = features(x, training: training).reshaped([-1, size])
        for (index, layer) in hidden.enumerated() {
            y = relu(layer(dropout(y, index < 2 ? dropoutProbability : 0, training: training)))
        }
        return embedding(y)
    }

    /// Returns the last feature map, `[batch, 256, side / 16, side / 16]`.
    func features(_ x: Tensor, training: Bool) -> Tensor {
        let first = halved(convolutions[0](x, training: training))
        let second = halved(convolutions[1](first, training: training))
        return halved(convolutions[3](convolutions[2](second, training: training), training: training))
    }

    private func halved(_ x: Tensor) -> Tensor { maxPool(x, kernel: 3, stride: 2, padding: 1) }
}
