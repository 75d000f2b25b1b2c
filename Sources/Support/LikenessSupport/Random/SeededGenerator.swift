/// Random numbers from a seed, the same on every machine and with every version of Swift.
///
/// xoshiro256** (Blackman and Vigna, *Scrambled linear pseudorandom number generators*, 2021), its state filled by
/// SplitMix64. The draws below are written out here because those of the standard library may change.
public struct SeededGenerator: RandomNumberGenerator, Hashable, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)
    /// What ``split(_:)`` starts from: it stays what it was when numbers are drawn.
    private let key: UInt64

    /// A generator; equal seeds give equal numbers.
    public init(seed: UInt64) {
        key = seed
        var filler = SplitMix64(state: seed)
        state = (filler.next(), filler.next(), filler.next(), filler.next())
    }

    /// A generator of its own for each index, which does not depend on what was drawn from this one: work that is dealt
    /// to any number of workers gets the same numbers.
    public func split(_ index: Int) -> SeededGenerator {
        let number = SplitMix64.mixed(UInt64(bitPattern: Int64(index)) &+ 0xD1B5_4A32_D192_ED03)
        return SeededGenerator(seed: SplitMix64.mixed(key ^ number))
    }

    /// 64 random bits.
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

    /// A number in 0..<1, in steps of 2⁻²⁴.
    public mutating func unit() -> Float { Float(next() >> 40) * 0x1p-24 }

    /// A number between the ends of `span`.
    public mutating func number(in span: Span) -> Float { span.low + (span.high - span.low) * unit() }

    /// An index below `count`, which must be positive.
    public mutating func index(below count: Int) -> Int {
        precondition(count > 0, "an index is below a positive count")
        return Int(next().multipliedFullWidth(by: UInt64(count)).high)
    }

    /// Whether something of this probability, 0...1, happens.
    public mutating func happens(_ probability: Float) -> Bool { unit() < probability }

    /// One of `elements`; `nil` where there is none.
    public mutating func element<Element>(of elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[index(below: elements.count)]
    }

    /// Brings `elements` into a random order.
    public mutating func shuffle<Element>(_ elements: inout [Element]) {
        guard elements.count > 1 else { return }
        for last in stride(from: elements.count - 1, to: 0, by: -1) { elements.swapAt(last, index(below: last + 1)) }
    }

    /// A normal number of mean 0 and deviation 1, cut off at 3.46: the sum of four uniform ones, which no mathematical
    /// library rounds in its own way.
    public mutating func normal() -> Float {
        let bits = next()
        let sum = (bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + (bits >> 48)
        return (Float(sum) - 131_070) * (1.732_050_8 / 65536)
    }

    /// Generators are equal where they give equal numbers.
    public static func == (a: SeededGenerator, b: SeededGenerator) -> Bool { a.key == b.key && a.state == b.state }

    /// Hashes what ``==(_:_:)`` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(key)
        hasher.combine(state.0)
        hasher.combine(state.1)
        hasher.combine(state.2)
        hasher.combine(state.3)
    }

    private static func rotated(_ value: UInt64, by count: UInt64) -> UInt64 { value << count | value >> (64 - count) }
}
