/// A random number generator whose numbers depend only on the seed, on every system (Steele et al., *Fast splittable
/// pseudorandom number generators*, 2014).
public struct SplitMix64: RandomNumberGenerator, Sendable, Hashable {
    /// The state from which the next number is computed.
    public var state: UInt64

    /// Creates a generator; equal states give equal numbers.
    public init(state: UInt64) { self.state = state }

    /// Returns 64 random bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mixed(state)
    }

    /// Returns a hash of `value`. Similar values have unrelated hashes, and no two values have the same hash.
    public static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
