/// A picture that `augment` has written.
public struct AlteredRecord: Codable, Hashable, Sendable {
    /// The file.
    public var file: String
    /// What was done, in words.
    public var steps: [String]
    /// How well a generator did, a record for each face; absent without `--gan`.
    public var generated: [GeneratedFaceRecord]?

    /// A record from its parts.
    public init(file: String, steps: [String], generated: [GeneratedFaceRecord]? = nil) {
        self.file = file
        self.steps = steps
        self.generated = generated
    }
}

/// How well a generator did at one face.
public struct GeneratedFaceRecord: Codable, Hashable, Sendable {
    /// Probability that the face wore a mask before, 0 to 1; `null` if no mask classifier is installed.
    @Nullable public var maskProbabilityBefore: Float?
    /// Probability that it wears one afterwards, 0 to 1; `null` if no mask classifier is installed.
    @Nullable public var maskProbabilityAfter: Float?
    /// Mean difference of the pixels below the tip of the nose, 0 to 1.
    public var lowerFaceChange: Float

    /// A record from its parts.
    public init(maskProbabilityBefore: Float? = nil, maskProbabilityAfter: Float? = nil, lowerFaceChange: Float) {
        self.maskProbabilityBefore = maskProbabilityBefore
        self.maskProbabilityAfter = maskProbabilityAfter
        self.lowerFaceChange = lowerFaceChange
    }
}
