public import Tensors

/// A loss that brings an anchor closer to a face of the same person than to a face of another person, by a margin:
/// max(‖a − p‖² − ‖a − n‖² + margin, 0).
///
/// Schroff et al., *FaceNet*, 2015 (arXiv:1503.03832). Karamizadeh et al. (Technologies 13:450, 2025) use it as
/// equation 5, whose printed form is garbled. A ``TripletMiner`` selects the triplets.
///
/// ```swift
/// let result = TripletLoss(margin: 0.2)(embeddings, labels: labels, mining: .semiHard)   // embeddings of unit length
/// result.loss.backward()
/// print(result.loss.scalar, result.count, result.activeShare)
/// ```
public struct TripletLoss: Sendable, Hashable {
    /// The margin, in squared Euclidean distance. Two unit vectors are at most 4 apart.
    public var margin: Double
    /// Whether the mean leaves out triplets that already keep the margin. In this case the gradient does not fade as
    /// they become many (Hermans et al., 2017, arXiv:1703.07737).
    public var averagesActiveOnly: Bool

    /// Creates a loss with a margin above 0.
    public init(margin: Double = 0.2, averagesActiveOnly: Bool = true) {
        precondition(margin > 0, "the margin must be above 0")
        (self.margin, self.averagesActiveOnly) = (margin, averagesActiveOnly)
    }

    /// The loss of a batch.
    public struct Result {
        /// The mean loss, one number; 0 if there are no triplets.
        public let loss: Tensor
        /// The number of triplets from the miner.
        public let count: Int
        /// The share of triplets that do not keep the margin, from 0 to 1; 0 if there are no triplets.
        public let activeShare: Double
    }

    /// Mines triplets in a batch and returns their loss.
    ///
    /// - Parameters:
    ///   - embeddings: `[batch, dimension]`, float32; rows should have length 1.
    ///   - labels: The person of each row.
    ///   - miner: The miner that selects the triplets.
    public func callAsFunction(_ embeddings: Tensor, labels: [Int], mining miner: TripletMiner) -> Result {
        precondition(embeddings.shape.first == labels.count, "the numbers of embeddings and labels differ")
        let distances = squaredDistances(embeddings)
        let triplets = miner.triplets(
            distances: DistanceMatrix(distances.detached.floats, count: labels.count), labels: labels, margin: margin)
        return loss(distances, triplets)
    }

    /// Returns the loss of given triplets.
    ///
    /// - Parameters:
    ///   - distances: Squared distances, `[batch, batch]`.
    ///   - triplets: The triplets, as row numbers.
    public func loss(_ distances: Tensor, _ triplets: Triplets) -> Result {
        // A zero sum is still connected to the network, so that a batch without triplets needs no special case.
        guard triplets.count > 0 else { return Result(loss: distances.sum() * 0, count: 0, activeShare: 0) }
        let width = distances.shape[1]
        let flat = distances.reshaped([-1])
        func entries(_ others: [Int]) -> Tensor {
            let indices = zip(triplets.anchors, others).map { $0 * width + $1 }
            return flat.taking(Tensor(indices, on: distances.device))
        }
        let losses = relu(entries(triplets.positives) - entries(triplets.negatives) + margin)
        let active = losses.detached.floats.count { $0 > 0 }
        let counted = averagesActiveOnly ? max(active, 1) : triplets.count
        return Result(
            loss: losses.sum() / Double(counted), count: triplets.count,
            activeShare: Double(active) / Double(triplets.count))
    }
}

/// Returns ‖xᵢ − xⱼ‖² for all pairs of rows: `[batch, dimension]` → `[batch, batch]`, never below 0.
public func squaredDistances(_ x: Tensor) -> Tensor {
    let lengths = x.squared.sum(1, keepingAxes: true)
    return relu(lengths + lengths.transposed - x.matmul(x.transposed) * 2)
}
