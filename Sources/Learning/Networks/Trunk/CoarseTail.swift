import Tensors

/// The end of the trunk: from the third stage to the fourth.
struct CoarseTail {
    private let reduction: ReductionBlock
    private let blocks: [ResidualInceptionBlock]

    /// Creates a tail with values under `parameters`: `reductionB`, `block8`.
    init(_ parameters: Parameters, _ kind: Normalization) throws {
        reduction = try .reductionB(parameters["reductionB"], kind)
        blocks = try (0..<6).map { try .block8(parameters["block8"][$0], kind, isLast: $0 == 5) }
    }

    /// Maps `[batch, 896, 8, 8]` to `[batch, 1792, 3, 3]`.
    func callAsFunction(_ middle: Tensor, training: Bool) -> Tensor {
        blocks.reduce(reduction(middle, training: training)) { $1($0, training: training) }
    }
}
