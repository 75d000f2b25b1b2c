import LikenessSupport

/// A generator of seeds from seeds: similar inputs give unrelated results (Steele et al., *Fast splittable pseudorandom
/// number generators*, 2014).
enum SeedMixing {
    /// Returns the seed of one step of a run, so that its random numbers do not depend on earlier steps.
    static func seed(_ seed: UInt64, step: Int) -> UInt64 {
        var generator = SplitMix64(state: seed)
        return SplitMix64.mixed(generator.next() ^ UInt64(truncatingIfNeeded: step))
    }
}
