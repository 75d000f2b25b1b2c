public import Tensors

/// FaceNet's trunk, which gives access to its four stages.
///
/// Szegedy et al., *Inception-v4, Inception-ResNet and the Impact of Residual Connections on Learning*, 2017
/// (arXiv:1602.07261), figure 15. The stem is that of the FaceNet of Schroff et al., 2015 (arXiv:1503.03832), trained
/// for 160×160 pixels.
public struct InceptionResNetV1 {
    /// The outputs of the four stages for a batch. The extents are those for 160×160 pixels.
    public struct Stages {
        /// After the stem: `[batch, 256, 17, 17]`.
        public var stem: Tensor
        /// After the five blocks on the fine grid: `[batch, 256, 17, 17]`.
        public var fine: Tensor
        /// After the ten blocks on the middle grid: `[batch, 896, 8, 8]`.
        public var middle: Tensor
        /// After the six blocks on the coarse grid: `[batch, 1792, 3, 3]`.
        public var coarse: Tensor

        /// All four, fine to coarse.
        public var all: [Tensor] { [stem, fine, middle, coarse] }

        /// Creates stages from their parts.
        public init(stem: Tensor, fine: Tensor, middle: Tensor, coarse: Tensor) {
            (self.stem, self.fine, self.middle, self.coarse) = (stem, fine, middle, coarse)
        }
    }

    /// The channels of the four stages.
    public static let channels = [256, 256, 896, 1792]

    private let stemBegin: UnitSequence
    private let stemEnd: UnitSequence
    private let fineBlocks: [ResidualInceptionBlock]
    private let reductionA: ReductionBlock
    private let middleBlocks: [ResidualInceptionBlock]
    private let tail: CoarseTail

    /// Creates a trunk with values under `parameters`: `stem`, `block35`, `reductionA`, `block17`, `reductionB`,
    /// `block8`.
    public init(_ parameters: Parameters, _ kind: Normalization = .batch) throws {
        let stem = parameters["stem"]
        stemBegin = UnitSequence(
            try ConvolutionUnit(stem[0], kind, in: 3, out: 32, kernel: 3, stride: 2),
            try ConvolutionUnit(stem[1], kind, in: 32, out: 32, kernel: 3),
            try ConvolutionUnit(stem[2], kind, in: 32, out: 64, kernel: 3, padding: 1))
        stemEnd = UnitSequence(
            try ConvolutionUnit(stem[3], kind, in: 64, out: 80, kernel: 1),
            try ConvolutionUnit(stem[4], kind, in: 80, out: 192, kernel: 3),
            try ConvolutionUnit(stem[5], kind, in: 192, out: 256, kernel: 3, stride: 2))
        fineBlocks = try (0..<5).map { try .block35(parameters["block35"][$0], kind) }
        reductionA = try .reductionA(parameters["reductionA"], kind)
        middleBlocks = try (0..<10).map { try .block17(parameters["block17"][$0], kind) }
        tail = try CoarseTail(parameters, kind)
    }

    /// Maps whitened pictures `[batch, 3, height, width]` to the four stages.
    public func callAsFunction(_ x: Tensor, training: Bool) -> Stages {
        let stem = stemEnd(
            maxPool(stemBegin(x, training: training), kernel: 3, stride: 2), training: training)
        let fine = fineBlocks.reduce(stem) { $1($0, training: training) }
        let middle = middleStage(fine, training: training)
        return Stages(stem: stem, fine: fine, middle: middle, coarse: coarseStage(middle, training: training))
    }

    /// Returns the third stage from the second.
    public func middleStage(_ fine: Tensor, training: Bool) -> Tensor {
        middleBlocks.reduce(reductionA(fine, training: training)) { $1($0, training: training) }
    }

    /// Returns the fourth stage from the third. It is the first part to be trained when the rest is frozen.
    public func coarseStage(_ middle: Tensor, training: Bool) -> Tensor {
        tail(middle, training: training)
    }
}
