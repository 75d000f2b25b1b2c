public import Tensors

/// SFace: a network of depthwise separable convolutions for a crop of 112 × 112 pixels, with 128 numbers as the
/// embedding; 9.63 million parameters, two thirds of them in the last layer.
///
/// Zhong et al., *SFace: Sigmoid-Constrained Hypersphere Loss for Robust Face Recognition*, IEEE Transactions on Image
/// Processing 30, 2021. The layers are those of OpenCV Zoo's file of December 2021: MobileNet's (Howard et al., 2017)
/// with learnable rectifiers. Normalization is folded into the convolutions, so training goes on from the published
/// statistics.
///
/// ```swift
/// let values = try SFaceNetwork.pretrained(ONNXWeights.read(file))
/// let store = ParameterStore(values)
/// let embeddings = try SFaceNetwork(store.root)(crops)   // [batch, 128]
/// ```
public struct SFaceNetwork {
    /// The side of the crop, in pixels.
    public static let side = 112
    /// The length of an embedding.
    public static let dimension = 128
    /// The pixel value that becomes 0, and the distance from it that becomes 1.
    public static let middle = 127.5, range = 128.0

    /// The outputs and the stride of each separable convolution after the first convolution, which has 32 outputs.
    static let blocks =
        [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)] + Array(repeating: (512, 1), count: 5)
        + [(1024, 2), (1024, 1)]
    static let firstWidth = 32, lastWidth = 1024
    /// The side of the last map.
    static let lastSide = 7

    /// The number of convolutions.
    public static let unitCount = 1 + 2 * blocks.count

    /// The factor by which the last layer's weights are stored larger than they are used, so that an adaptive
    /// optimizer, whose steps have the same length everywhere, changes these small weights in proportion (equalized
    /// learning rate: Karras et al., 2018, arXiv:1710.10196, section 4.1).
    static let embeddingFactor = 16.0

    private let units: [RectifiedUnit]
    private let embedding: Linear
    private let center: Tensor?
    private let frozenUnits: Int

    /// Creates the network with values called `units.N.…` and `embedding.…` under `parameters`.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - isCentered: Whether the embedding gets length 1, and the mean embedding of many faces, the value `center`, is
    ///     subtracted from it. Without that, all faces have something in common, and similarities are less distinct.
    ///   - frozenUnits: The number of convolutions at the start that training does not change. The first ones see the
    ///     largest maps and take most of the time.
    public init(_ parameters: Parameters, isCentered: Bool = false, frozenUnits: Int = 0) throws {
        self.frozenUnits = frozenUnits
        center = isCentered ? try parameters.buffer("center", [1, Self.dimension], .zeros) : nil
        let names = parameters["units"]
        var units = [try RectifiedUnit(names[0], in: 3, out: Self.firstWidth, kernel: 3)]
        var width = Self.firstWidth
        for (outputs, stride) in Self.blocks {
            units.append(
                try RectifiedUnit(
                    names[units.count], in: width, out: width, kernel: 3, stride: stride, groups: width))
            units.append(try RectifiedUnit(names[units.count], in: width, out: outputs, kernel: 1))
            width = outputs
        }
        self.units = units
        embedding = try Linear(
            parameters["embedding"], in: width * Self.lastSide * Self.lastSide, out: Self.dimension)
    }

    /// Returns embeddings, `[batch, 128]`, of any length.
    ///
    /// - Parameter x: Crops, `[batch, 3, 112, 112]`, red, green, blue, −1 to 1: (value − 127.5) / 128.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        let start = units.prefix(frozenUnits)
        let map = start.isEmpty ? x : withoutGradients { start.reduce(x) { $1($0) } }
        let features = units.dropFirst(frozenUnits).reduce(map) { $1($0) }.joined(1...3)
        let embeddings = embedding(features / Self.embeddingFactor)
        return center.map { embeddings.normalized() - $0 } ?? embeddings
    }

    /// Returns the network as a graph with the input `input` and the output `embedding`.
    ///
    /// - Parameter parameters: The store with the network's values.
    public func graph(_ parameters: ParameterStore) -> ONNXGraph {
        ONNXGraph(inputs: [("input", [1, 3, Self.side, Self.side])], outputs: ["embedding"], parameters: parameters) {
            [callAsFunction($0[0])]
        }
    }
}

/// A convolution with a bias, followed by a rectifier with a learnable slope for each channel.
private struct RectifiedUnit {
    private let convolution: Conv2d
    private let rectifier: PReLU

    init(
        _ parameters: Parameters, in inputs: Int, out outputs: Int, kernel: Int, stride: Int = 1, groups: Int = 1
    ) throws {
        convolution = try Conv2d(
            parameters["conv"], in: inputs, out: outputs, kernel: kernel, stride: stride, padding: kernel / 2,
            groups: groups)
        rectifier = try PReLU(parameters["rectifier"], channels: outputs, of: .maps)
    }

    func callAsFunction(_ x: Tensor) -> Tensor { rectifier(convolution(x)) }
}
