import Tensors

/// The choice of the hardest examples of a batch: the others, which the network already judges well, would only thin
/// out the gradient.
///
/// Zhang et al., 2016 (arXiv:1604.02878), "online hard sample mining": the 70 % of a batch with the largest losses.
public struct HardExamples: Sendable, Hashable {
    /// The share of the examples that is kept, above 0 and at most 1.
    public var share: Double

    /// Creates a choice that keeps this share.
    public init(share: Double = 0.7) {
        precondition(share > 0 && share <= 1, "the share must be above 0 and at most 1")
        self.share = share
    }

    /// Returns the rows with the largest losses, in order of their loss; of equal ones, those that come first.
    ///
    /// - Parameters:
    ///   - losses: The loss of each row. A loss that is not a number counts as the largest, so that it is not hidden.
    ///   - rows: The rows to choose from.
    /// - Returns: At least one row, if there is any.
    public func rows(of losses: [Float], among rows: [Int]) -> [Int] {
        let count = max(Int((Double(rows.count) * share).rounded()), 1)
        func weight(_ row: Int) -> Float { losses[row].isNaN ? .infinity : losses[row] }
        return Array(rows.sorted { (-weight($0), $0) < (-weight($1), $1) }.prefix(count))
    }
}

extension Tensor {
    /// Returns these rows of the first axis.
    func rows(_ indices: [Int]) -> Tensor { taking(Tensor(indices, on: device)) }
}
