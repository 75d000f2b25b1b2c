import LikenessSupport

/// Seeds from seeds: numbers that are near give results that are not (Steele et al., *Fast splittable pseudorandom
/// number generators*, 2014).
enum SeedMixing {
    /// The seed of one step of a run, so that what the step draws does not depend on the steps before it.
    static func seed(_ seed: UInt64, step: Int) -> UInt64 {
        var generator = SplitMix64(state: seed)
        return SplitMix64.mixed(generator.next() ^ UInt64(truncatingIfNeeded: step))
    }
}
