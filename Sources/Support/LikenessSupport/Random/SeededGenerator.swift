/// A random number generator whose numbers depend only on the seed, on every machine and with every version of Swift.
///
/// It is xoshiro256** (Blackman and Vigna, *Scrambled linear pseudorandom number generators*, 2021) with its state
/// initialized by SplitMix64. The draws below are implemented here, because those of the standard library may change.
public struct SeededGenerator: RandomNumberGenerator, Hashable, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)
    /// The seed, from which ``split(_:)`` derives generators; drawing numbers does not change it.
    private let key: UInt64

    /// Creates a generator; equal seeds give equal numbers.
    public init(seed: UInt64) {
        key = seed
        var filler = SplitMix64(state: seed)
        state = (filler.next(), filler.next(), filler.next(), filler.next())
    }

    /// Returns a separate generator for each index. It does not depend on the numbers drawn from this one, so work gets
    /// the same numbers however it is divided among workers.
    public func split(_ index: Int) -> SeededGenerator {
        let number = SplitMix64.mixed(UInt64(bitPattern: Int64(index)) &+ 0xD1B5_4A32_D192_ED03)
        return SeededGenerator(seed: SplitMix64.mixed(key ^ number))
    }

    /// Returns 64 random bits.
    public mutating func next() -> UInt64 {
        let result = Self.rotated(state.1 &* 5, by: 7) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = Self.rotated(state.3, by: 45)
        return result
    }

    /// Returns a number in 0..<1, in steps of 2⁻²⁴.
    public mutating func unit() -> Float { Float(next() >> 40) * 0x1p-24 }

    /// Returns a uniformly distributed number in `span`.
    public mutating func number(in span: Span) -> Float { span.low + (span.high - span.low) * unit() }

    /// Returns an index in 0..<`count`; `count` must be positive.
    public mutating func index(below count: Int) -> Int {
        precondition(count > 0, "an index is below a positive count")
        return Int(next().multipliedFullWidth(by: UInt64(count)).high)
    }

    /// Returns true with the given probability, 0...1.
    public mutating func happens(_ probability: Float) -> Bool { unit() < probability }

    /// Returns a random element of `elements`; `nil` if it is empty.
    public mutating func element<Element>(of elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[index(below: elements.count)]
    }

    /// Shuffles `elements`.
    public mutating func shuffle<Element>(_ elements: inout [Element]) {
        guard elements.count > 1 else { return }
        for last in stride(from: elements.count - 1, to: 0, by: -1) { elements.swapAt(last, index(below: last + 1)) }
    }

    /// Returns an approximately normal number with mean 0 and standard deviation 1, limited to ±3.46.
    ///
    /// It is the sum of four uniform numbers, because the functions of mathematical libraries round differently.
    public mutating func normal() -> Float {
        let bits = next()
        let sum = (bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + (bits >> 48)
        return (Float(sum) - 131_070) * (1.732_050_8 / 65536)
    }

    /// Returns whether two generators have the same state and therefore give equal numbers.
    public static func == (a: SeededGenerator, b: SeededGenerator) -> Bool { a.key == b.key && a.state == b.state }

    /// Hashes the state that ``==(_:_:)`` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(key)
        hasher.combine(state.0)
        hasher.combine(state.1)
        hasher.combine(state.2)
        hasher.combine(state.3)
    }

    private static func rotated(_ value: UInt64, by count: UInt64) -> UInt64 { value << count | value >> (64 - count) }
}
