import Tensors

/// A block that halves the grid: parallel branches of convolutions with stride 2, and a pooling.
///
/// Szegedy et al., 2017 (arXiv:1602.07261), figures 7 and 12.
struct ReductionBlock {
    private let branches: [UnitSequence]

    func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        let convolved = branches.map { $0(x, training: training) }
        return Tensor.concatenated(convolved + [maxPool(x, kernel: 3, stride: 2)], axis: 1)
    }

    /// Creates the block from 256 to 896 channels, called Mixed_6a in the original.
    static func reductionA(_ parameters: Parameters, _ kind: Normalization) throws -> ReductionBlock {
        let (b0, b1) = (parameters["branch0"], parameters["branch1"])
        return ReductionBlock(branches: [
            UnitSequence(try ConvolutionUnit(b0[0], kind, in: 256, out: 384, kernel: 3, stride: 2)),
            UnitSequence(
                try ConvolutionUnit(b1[0], kind, in: 256, out: 192, kernel: 1),
                try ConvolutionUnit(b1[1], kind, in: 192, out: 192, kernel: 3, padding: 1),
                try ConvolutionUnit(b1[2], kind, in: 192, out: 256, kernel: 3, stride: 2)),
        ])
    }

    /// Creates the block from 896 to 1,792 channels, called Mixed_7a in the original.
    static func reductionB(_ parameters: Parameters, _ kind: Normalization) throws -> ReductionBlock {
        let (b0, b1, b2) = (parameters["branch0"], parameters["branch1"], parameters["branch2"])
        return ReductionBlock(branches: [
            UnitSequence(
                try ConvolutionUnit(b0[0], kind, in: 896, out: 256, kernel: 1),
                try ConvolutionUnit(b0[1], kind, in: 256, out: 384, kernel: 3, stride: 2)),
            UnitSequence(
                try ConvolutionUnit(b1[0], kind, in: 896, out: 256, kernel: 1),
                try ConvolutionUnit(b1[1], kind, in: 256, out: 256, kernel: 3, stride: 2)),
            UnitSequence(
                try ConvolutionUnit(b2[0], kind, in: 896, out: 256, kernel: 1),
                try ConvolutionUnit(b2[1], kind, in: 256, out: 256, kernel: 3, padding: 1),
                try ConvolutionUnit(b2[2], kind, in: 256, out: 256, kernel: 3, stride: 2)),
        ])
    }
}
