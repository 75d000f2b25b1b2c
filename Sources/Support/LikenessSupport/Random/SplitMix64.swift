/// Random numbers that a seed determines, on every system (Steele et al., *Fast splittable pseudorandom number
/// generators*, 2014).
public struct SplitMix64: RandomNumberGenerator, Sendable, Hashable {
    /// What the next number is made of.
    public var state: UInt64

    /// A generator; equal states give equal numbers.
    public init(state: UInt64) { self.state = state }

    /// 64 random bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mixed(state)
    }

    /// Other bits for each `value`: values that are near give numbers that are not.
    public static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
