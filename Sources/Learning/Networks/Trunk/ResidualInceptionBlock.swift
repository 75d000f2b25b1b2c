import Tensors

/// Parallel branches of convolutions, projected to the input's channels and added to it.
///
/// Szegedy et al., *Inception-v4, Inception-ResNet and the Impact of Residual Connections on Learning*, 2017
/// (arXiv:1602.07261), figures 10, 11 and 13.
struct ResidualInceptionBlock {
    private let branches: [UnitSequence]
    private let projection: Conv2d
    private let scale: Double
    private let isRectified: Bool

    private init(
        _ parameters: Parameters, channels: Int, wide: Int, scale: Double, isRectified: Bool, _ branches: [UnitSequence]
    ) throws {
        self.branches = branches
        projection = try Conv2d(parameters["projection"], in: wide, out: channels, kernel: 1)
        (self.scale, self.isRectified) = (scale, isRectified)
    }

    func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        let wide = Tensor.concatenated(branches.map { $0(x, training: training) }, axis: 1)
        let change = projection(wide)
        let sum = x + (scale == 1 ? change : change * scale)
        return isRectified ? relu(sum) : sum
    }

    /// Returns the scale of the residual. Weights with folded normalization already include it.
    private static func scale(_ value: Double, _ kind: Normalization) -> Double { kind == .folded ? 1 : value }

    /// Creates a block for grids of 35×35 (17×17 at 160 pixels): 1×1; 1×1, 3×3; 1×1, 3×3, 3×3.
    static func block35(_ parameters: Parameters, _ kind: Normalization) throws -> ResidualInceptionBlock {
        let (b0, b1, b2) = (parameters["branch0"], parameters["branch1"], parameters["branch2"])
        return try ResidualInceptionBlock(
            parameters, channels: 256, wide: 96, scale: scale(0.17, kind), isRectified: true,
            [
                UnitSequence(try ConvolutionUnit(b0[0], kind, in: 256, out: 32, kernel: 1)),
                UnitSequence(
                    try ConvolutionUnit(b1[0], kind, in: 256, out: 32, kernel: 1),
                    try ConvolutionUnit(b1[1], kind, in: 32, out: 32, kernel: 3, padding: 1)),
                UnitSequence(
                    try ConvolutionUnit(b2[0], kind, in: 256, out: 32, kernel: 1),
                    try ConvolutionUnit(b2[1], kind, in: 32, out: 32, kernel: 3, padding: 1),
                    try ConvolutionUnit(b2[2], kind, in: 32, out: 32, kernel: 3, padding: 1)),
            ])
    }

    /// Creates a block for grids of 17×17 (8×8 at 160 pixels): 1×1; 1×1, 1×7, 7×1.
    static func block17(_ parameters: Parameters, _ kind: Normalization) throws -> ResidualInceptionBlock {
        let (b0, b1) = (parameters["branch0"], parameters["branch1"])
        return try ResidualInceptionBlock(
            parameters, channels: 896, wide: 256, scale: scale(0.10, kind), isRectified: true,
            [
                UnitSequence(try ConvolutionUnit(b0[0], kind, in: 896, out: 128, kernel: 1)),
                UnitSequence(
                    try ConvolutionUnit(b1[0], kind, in: 896, out: 128, kernel: 1),
                    try ConvolutionUnit(b1[1], kind, in: 128, out: 128, kernel: (1, 7), padding: (0, 3)),
                    try ConvolutionUnit(b1[2], kind, in: 128, out: 128, kernel: (7, 1), padding: (3, 0))),
            ])
    }

    /// Creates a block for grids of 8×8 (3×3 at 160 pixels): 1×1; 1×1, 1×3, 3×1. The last block of the network has no
    /// rectifier.
    static func block8(_ parameters: Parameters, _ kind: Normalization, isLast: Bool) throws -> ResidualInceptionBlock {
        let (b0, b1) = (parameters["branch0"], parameters["branch1"])
        return try ResidualInceptionBlock(
            parameters, channels: 1792, wide: 384, scale: isLast ? 1 : scale(0.20, kind), isRectified: !isLast,
            [
                UnitSequence(try ConvolutionUnit(b0[0], kind, in: 1792, out: 192, kernel: 1)),
                UnitSequence(
                    try ConvolutionUnit(b1[0], kind, in: 1792, out: 192, kernel: 1),
                    try ConvolutionUnit(b1[1], kind, in: 192, out: 192, kernel: (1, 3), padding: (0, 1)),
                    try ConvolutionUnit(b1[2], kind, in: 192, out: 192, kernel: (3, 1), padding: (1, 0))),
            ])
    }
}
