public import Tensors

/// A logistic loss over all pairs of a batch at one learned threshold t: the mean over mated pairs of
/// log(1 + exp(s · (t − cos θ))), plus a multiple of the mean over impostor pairs of log(1 + exp(s · (cos θ − t))).
///
/// It is the sigmoid loss of Zhai et al. (*Sigmoid Loss for Language Image Pre-Training*, 2023, arXiv:2303.15343) with
/// two means instead of one, since impostor pairs are far more numerous. The larger their weight, the lower the false
/// match rate for which the loss is made.
public struct PairLoss {
    /// The scale s of the cosines.
    public let scale: Double
    /// The weight of impostor pairs, compared with mated ones.
    public let impostorWeight: Double
    /// The learned threshold, a cosine.
    public let threshold: Tensor

    /// Creates a loss whose threshold is called `threshold` under `parameters`, and starts at 0.4.
    public init(_ parameters: Parameters, scale: Double = 20, impostorWeight: Double = 300) throws {
        precondition(scale > 0 && impostorWeight > 0, "the scale and the weight must be above 0")
        (self.scale, self.impostorWeight) = (scale, impostorWeight)
        threshold = try parameters.tensor("threshold", [1], .constant(0.4))
    }

    /// Returns the loss of a batch; pairs of a picture with itself do not count.
    ///
    /// - Parameters:
    ///   - embeddings: `[batch, dimension]`, float32, of any length.
    ///   - people: The person of each row.
    ///   - pictures: The picture of each row. Two copies of one picture are no pair.
    public func callAsFunction(_ embeddings: Tensor, people: [Int], pictures: [Int]) -> Tensor {
        let count = people.count
        precondition(embeddings.shape[0] == count && pictures.count == count, "one person and one picture per row")
        func table(_ holds: (Int, Int) -> Bool) -> Tensor {
            let values = (0..<count).flatMap { i in (0..<count).map { holds(i, $0) ? Float(1) : 0 } }
            return Tensor(values, shape: [count, count], on: embeddings.device)
        }
        let mated = table { people[$0] == people[$1] && pictures[$0] != pictures[$1] }
        let impostors = table { people[$0] != people[$1] }
        let units = embeddings.normalized()
        let distances = (units.matmul(units.transposed) - threshold) * scale
        func mean(_ values: Tensor, _ pairs: Tensor) -> Tensor { (values * pairs).sum() / pairs.sum().maximum(1) }
        return mean(softplus(-distances), mated) + mean(softplus(distances), impostors) * impostorWeight
    }
}
