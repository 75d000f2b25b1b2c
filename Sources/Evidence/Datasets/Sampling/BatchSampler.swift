import LikenessSupport

/// Which pictures make up the batches of an epoch.
///
/// An epoch's batches depend on the sampler and the epoch's number alone: training resumes exactly by asking for the
/// same epoch and going on at the step where it stopped.
public protocol BatchSampler: Sendable {
    /// Returns the batches of epoch `epoch` (from 0), each as indices of pictures.
    func batches(epoch: Int) -> [[Int]]
}

/// Every picture once an epoch, in random order: for pictures of nobody knows whom, and for classifiers.
public struct ShuffledBatches: BatchSampler, Hashable {
    /// The pictures.
    public let indices: [Int]
    /// Pictures in a batch; the last one of an epoch has what is left.
    public let size: Int
    /// Another seed, another order.
    public let seed: UInt64

    /// Batches of `size` of the pictures `indices`.
    public init(indices: [Int], size: Int, seed: UInt64) {
        precondition(size > 0, "a batch has at least one picture")
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
