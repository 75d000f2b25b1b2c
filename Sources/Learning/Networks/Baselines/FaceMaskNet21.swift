public import Tensors

/// FaceMaskNet-21: a small network that learns encodings of 128 numbers by deep metric learning.
///
/// Golwalkar and Mehendale, *Masked-face recognition using deep metric learning and FaceMaskNet-21*, 2022
/// (doi:10.1007/s10489-021-03150-3). Only its abstract, which gives the 128 numbers, was available to us. Kernels and
/// widths are those of a public reimplementation (github.com/BrWillian/facemasknet21) for 227 × 227 pixels: 96 kernels
/// of 11 × 11 with stride 4, 96 of 5 × 5, 384 of 3 × 3, and linear maps to 100, 100 and 128. These can be counted as
/// the 21 layers of the name: the input; three times convolution, rectifier, normalization and pooling; two times
/// linear map, rectifier and dropout; the linear map to the encoding; the scaling of its length. The rectifiers and
/// dropout after the linear maps are our interpretation, and the normalization comes before its rectifier as in the
/// other networks here. The stride of 4 is 2 here (``BackboneKind``). 0.4 billion multiplications per face.
public struct FaceMaskNet21: Backbone {
    private let convolutions: [NormalizedConvolution]
    private let hidden: [Linear]
    private let embedding: Linear
    private let size: Int
    private let dropoutProbability: Double

    /// Creates a network with values under `parameters`: `convolutions`, `hidden`, `embedding`.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - side: The side of the faces, one of ``BackboneKind/sides``.
    ///   - dimension: The length of the encoding.
    ///   - dropout: The dropout rate after the hidden linear maps, from 0 to below 1.
    public init(
        _ parameters: Parameters, side: Int = BackboneKind.side, dimension: Int = 128, dropout: Double = 0
    ) throws {
        size = 384 * (side / 16) * (side / 16)
        let place = parameters["convolutions"]
        convolutions = [
            try NormalizedConvolution(place[0], in: 3, out: 96, kernel: 11, stride: 2),
            try NormalizedConvolution(place[1], in: 96, out: 96, kernel: 5),
            try NormalizedConvolution(place[2], in: 96, out: 384),
        ]
        hidden = [
            try Linear(parameters["hidden"][0], in: size, out: 100),
            try Linear(parameters["hidden"][1], in: 100, out: 100),
        ]
        embedding = try Linear(parameters["embedding"], in: 100, out: dimension)
        dropoutProbability = dropout
    }

    /// Maps faces `[batch, 3, side, side]` (red, green, blue, −1 to 1) to embeddings `[batch, dimension]`.
    public func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        let flat = features(x, training: training).reshaped([-1, size])
        let y = hidden.reduce(flat) { dropout(relu($1($0)), dropoutProbability, training: training) }
        return embedding(y)
    }

    /// Returns the last feature map, `[batch, 384, side / 16, side / 16]`.
    func features(_ x: Tensor, training: Bool) -> Tensor {
        convolutions.reduce(x) { maxPool($1($0, training: training), kernel: 3, stride: 2, padding: 1) }
    }
}
