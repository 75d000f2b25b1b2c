import LikenessSupport

/// Chooses the pictures of each batch of an epoch.
///
/// The batches depend only on the sampler and the epoch's number. Training resumes exactly by requesting the same epoch
/// and continuing at the step where it stopped.
public protocol BatchSampler: Sendable {
    /// Returns the batches of epoch `epoch` (from 0), each as indices of pictures.
    func batches(epoch: Int) -> [[Int]]
}

/// Batches with every picture once per epoch in random order, for unlabeled pictures and for classifiers.
public struct ShuffledBatches: BatchSampler, Hashable {
    /// The indices of the pictures.
    public let indices: [Int]
    /// The number of pictures in a batch.
    ///
    /// The last batch of an epoch may be smaller.
    public let size: Int
    /// The seed of the order.
    public let seed: UInt64

    /// Creates batches of `size` from the pictures `indices`.
    public init(indices: [Int], size: Int, seed: UInt64) {
        precondition(size > 0, "a batch must have at least one picture")
        self.indices = indices
        self.size = size
        self.seed = seed
    }

    /// Returns the batches of epoch `epoch` (from 0).
    public func batches(epoch: Int) -> [[Int]] {
        var generator = SeededGenerator(seed: seed).split(epoch)
        var order = indices
        generator.shuffle(&order)
        return stride(from: 0, to: order.count, by: size).map { Array(order[$0..<min($0 + size, order.count)]) }
    }
}
