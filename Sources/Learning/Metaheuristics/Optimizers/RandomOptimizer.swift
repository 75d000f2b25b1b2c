import LikenessSupport

/// Random search with uniformly drawn points, a strong baseline (Bergstra and Bengio, *Random search for
/// hyper-parameter optimization*, 2012).
struct RandomOptimizer: Optimizer {
    private let space: SearchSpace
    private let batch: Int
    private var random: SplitMix64

    /// Creates an optimizer that proposes `batch` points at a time.
    init(_ space: SearchSpace, batch: Int, seed: UInt64) {
        self.space = space
        self.batch = batch
        random = SplitMix64(state: seed)
    }

    mutating func ask() -> [[Double]] { Population.drawn(batch, from: space, &random) }

    mutating func tell(_ costs: [Double]) {}
}
