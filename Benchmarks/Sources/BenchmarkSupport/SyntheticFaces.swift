import Foundation

/// Synthetic embeddings that resemble those of faces: people are random directions, and a template is its person's
/// direction with noise in every value.
public struct SyntheticFaces {
    /// The number of values in an embedding.
    public let dimension: Int
    /// The standard deviation of the noise: 0.08 gives a probe and its nearest of ten templates a similarity of about
    /// 0.62, as on difficult photographs; 0.05 gives about 0.8.
    public let noise: Float
    private var state: UInt64
    private var spare: Float?

    /// Creates a generator.
    ///
    /// Equal seeds give equal faces.
    public init(dimension: Int, noise: Float, seed: UInt64) {
        self.dimension = dimension
        self.noise = noise
        state = seed
    }

    /// Returns a new person: a vector of length 1.
    public mutating func person() -> [Float] {
        unit((0..<dimension).map { _ in normal() })
    }

    /// Returns a template of `person`: a vector of length 1.
    public mutating func template(of person: [Float]) -> [Float] {
        unit(person.map { $0 + noise * normal() })
    }

    private func unit(_ values: [Float]) -> [Float] {
        let length = values.reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
        return values.map { $0 / length }
    }

    /// Returns a standard normal number (Box and Muller, 1958).
    private mutating func normal() -> Float {
        if let ready = spare {
            spare = nil
            return ready
        }
        let radius = (-2 * log(uniform())).squareRoot(), angle = 2 * Float.pi * uniform()
        spare = radius * sin(angle)
        return radius * cos(angle)
    }

    /// Returns a number in 0 < x <= 1, from SplitMix64 (Steele et al., 2014).
    private mutating func uniform() -> Float {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Float((mixed ^ (mixed >> 31)) >> 40 + 1) * 0x1p-24
    }
}
