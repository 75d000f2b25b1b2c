import Foundation

/// Draws that are implemented here, because those of the standard library may change between versions.
extension SplitMix64 {
    /// Returns a number in 0..<1, in steps of 2⁻⁵³.
    public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Returns a normally distributed number with mean 0 and standard deviation 1 (Box and Muller, *A note on the
    /// generation of random normal deviates*, 1958).
    public mutating func normal() -> Double {
        // 1 − unit() is never 0, so its logarithm is finite.
        (-2 * log(1 - unit())).squareRoot() * cos(2 * .pi * unit())
    }

    /// Returns an index in 0..<`count`; `count` must be positive.
    public mutating func index(below count: Int) -> Int {
        precondition(count > 0, "an index is below a positive count")
        return Int(next().multipliedFullWidth(by: UInt64(count)).high)
    }
}
