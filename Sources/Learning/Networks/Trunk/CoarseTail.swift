import Tensors

/// The trunk's end: from the third stage to the fourth.
struct CoarseTail {
    private let reduction: ReductionBlock
    private let blocks: [ResidualInceptionBlock]

    /// A tail with values under `parameters`: `reductionB`, `block8`.
    init(_ parameters: Parameters, _ kind: Normalization) throws {
        reduction = try .reductionB(parameters["reductionB"], kind)
        blocks = try (0..<6).map { try .block8(parameters["block8"][$0], kind, isLast: $0 == 5) }
    }

    /// `[batch, 896, 8, 8]` → `[batch, 1792, 3, 3]`.
    func callAsFunction(_ middle: Tensor, training: Bool) -> Tensor {
        blocks.reduce(reduction(middle, training: training)) { $1($0, training: training) }
    }
}
