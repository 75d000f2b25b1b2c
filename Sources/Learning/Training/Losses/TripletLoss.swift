public import Tensors

/// Brings an anchor nearer to a face of the same person than to another person's, by a margin:
/// max(‖a − p‖² − ‖a − n‖² + margin, 0).
///
/// Schroff et al., *FaceNet*, 2015 (arXiv:1503.03832); equation 5 of the adaptive-fusion paper, whose printed form is
/// garbled. Which triplets there are is a ``TripletMiner``'s choice.
public struct TripletLoss: Sendable, Hashable {
    /// How much nearer, in squared Euclidean distance; two unit vectors are at most 4 apart.
    public var margin: Double
    /// Whether triplets that already keep the margin count in the mean. Without them the gradient does not fade as
    /// they become many (Hermans et al., 2017, arXiv:1703.07737).
    public var averagesActiveOnly: Bool

    /// A loss with a margin above 0.
    public init(margin: Double = 0.2, averagesActiveOnly: Bool = true) {
        precondition(margin > 0, "a triplet's margin is above 0")
        (self.margin, self.averagesActiveOnly) = (margin, averagesActiveOnly)
    }

    /// What a batch gave.
    public struct Result {
        /// The mean loss, one number; 0 where there is no triplet.
        public let loss: Tensor
        /// How many triplets the miner gave.
        public let count: Int
        /// The share of them that do not keep the margin, 0 to 1; 0 where there is none.
        public let activeShare: Double
    }

    /// Mines triplets in a batch and takes their loss.
    ///
    /// - Parameters:
    ///   - embeddings: `[batch, dimension]`, float32; rows are expected to have length 1.
    ///   - labels: Whose face each row is.
    ///   - miner: Which triplets.
    public func callAsFunction(_ embeddings: Tensor, labels: [Int], mining miner: TripletMiner) -> Result {
        precondition(embeddings.shape.first == labels.count, "every embedding has a label")
        let distances = squaredDistances(embeddings)
        let triplets = miner.triplets(
            distances: DistanceMatrix(distances.detached.floats, count: labels.count), labels: labels, margin: margin)
        return loss(distances, triplets)
    }

    /// The loss of given triplets.
    ///
    /// - Parameters:
    ///   - distances: `[batch, batch]`, squared.
    ///   - triplets: Rows of it.
    public func loss(_ distances: Tensor, _ triplets: Triplets) -> Result {
        // A sum that is zero still leads back to the network, so that a batch without triplets is a step like others.
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

/// ‖xᵢ − xⱼ‖² of all pairs of rows: `[batch, dimension]` → `[batch, batch]`, never below 0.
public func squaredDistances(_ x: Tensor) -> Tensor {
    let lengths = x.squared.sum(1, keepingAxes: true)
    return relu(lengths + lengths.transposed - x.matmul(x.transposed) * 2)
}
