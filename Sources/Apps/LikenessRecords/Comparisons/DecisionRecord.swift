/// The decision whether two faces belong to the same person.
public struct DecisionRecord: Codable, Hashable, Sendable {
    /// The cosine similarity, −1 to 1.
    public var similarity: Float
    /// The similarity from which the faces match.
    public var threshold: Float
    /// The false match rate of the threshold, per comparison; `null` if unknown.
    @Nullable public var falseMatchRate: Double?
    /// The conditions for which the threshold is valid: `plain`, or words such as `bothSmall` or `masked+turned`;
    /// `null` if one threshold applies to all.
    @Nullable public var condition: String?
    /// Whether the similarity reaches the threshold.
    public var match: Bool
    /// The probability that the faces belong to the same person, 0 to 1; `null` if the model's card has no
    /// probabilities.
    @Nullable public var probability: Double?
    /// The prior probability, between 0 and 1.
    public var prior: Double
    /// A sentence about anything unsupported, unknown or not measured; `null` if there is nothing to remark.
    @Nullable public var remark: String?

    /// Creates a record from its parts.
    public init(
        similarity: Float, threshold: Float, falseMatchRate: Double? = nil, condition: String? = nil, match: Bool,
        probability: Double? = nil, prior: Double, remark: String? = nil
    ) {
        self.similarity = similarity
        self.threshold = threshold
        self.falseMatchRate = falseMatchRate
        self.condition = condition
        self.match = match
        self.probability = probability
        self.prior = prior
        self.remark = remark
    }
}
