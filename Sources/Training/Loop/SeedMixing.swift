/// Seeds from seeds: numbers that are near give results that are not (Steele et al., *Fast splittable pseudorandom
/// number generators*, 2014).
enum SeedMixing {
    /// The seed of one step of a run, so that what the step draws does not depend on the steps before it.
    static func seed(_ seed: UInt64, step: Int) -> UInt64 {
        mixed(mixed(seed &+ 0x9E37_79B9_7F4A_7C15) ^ UInt64(truncatingIfNeeded: step))
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
