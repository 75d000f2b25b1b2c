/// Whether two faces are of one person.
public struct DecisionRecord: Codable, Hashable, Sendable {
    /// Cosine similarity, −1 to 1.
    public var similarity: Float
    /// The similarity from which the faces match.
    public var threshold: Float
    /// The false match rate of the threshold, per comparison; `null` if it is not known.
    @Nullable public var falseMatchRate: Double?
    /// The conditions that the threshold is for: `plain`, or words such as `bothSmall` or `masked+turned`; `null`
    /// if one threshold stands for all.
    @Nullable public var condition: String?
    /// Whether the similarity reaches the threshold.
    public var match: Bool
    /// Probability that the faces are of one person, 0 to 1; `null` if the model's card does not say.
    @Nullable public var probability: Double?
    /// How probable it was before the faces were compared, between 0 and 1.
    public var prior: Double
    /// A sentence on what is not supported, not known or was not measured; `null` if there is no such thing.
    @Nullable public var remark: String?

    /// A record from its parts.
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
