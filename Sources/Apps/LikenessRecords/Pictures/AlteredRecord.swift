/// A picture written by `augment`.
public struct AlteredRecord: Codable, Hashable, Sendable {
    /// The file.
    public var file: String
    /// The alterations, in words.
    public var steps: [String]
    /// The effect of the generator, with a record for each face; absent without `--gan`.
    public var generated: [GeneratedFaceRecord]?

    /// Creates a record from its parts.
    public init(file: String, steps: [String], generated: [GeneratedFaceRecord]? = nil) {
        self.file = file
        self.steps = steps
        self.generated = generated
    }
}

/// The effect of a generator on one face.
public struct GeneratedFaceRecord: Codable, Hashable, Sendable {
    /// The probability that the face wore a mask before, 0 to 1; `null` if no mask classifier is installed.
    @Nullable public var maskProbabilityBefore: Float?
    /// The probability that it wears one afterwards, 0 to 1; `null` if no mask classifier is installed.
    @Nullable public var maskProbabilityAfter: Float?
    /// The mean absolute difference of the pixels below the tip of the nose, 0 to 1.
    public var lowerFaceChange: Float

    /// Creates a record from its parts.
    public init(maskProbabilityBefore: Float? = nil, maskProbabilityAfter: Float? = nil, lowerFaceChange: Float) {
        self.maskProbabilityBefore = maskProbabilityBefore
        self.maskProbabilityAfter = maskProbabilityAfter
        self.lowerFaceChange = lowerFaceChange
    }
}
