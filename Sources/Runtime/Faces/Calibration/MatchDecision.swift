import LikenessSupport

/// The decision whether two faces belong to one person, and its basis.
public struct MatchDecision: Hashable, Codable, Sendable {
    /// The cosine similarity, −1...1.
    public let similarity: Float
    /// The similarity from which the faces match.
    public let threshold: Float
    /// The false match rate per comparison at the threshold; `nil` if unknown.
    public let falseMatchRate: Double?
    /// The conditions that the threshold is for: the names of the ``PairTrait``s joined by `+`, or `plain`.
    ///
    /// It is `nil` if one threshold holds for all conditions.
    public let condition: String?
    /// A sentence that says what is not supported or not measured for this decision; `nil` if there is nothing to
    /// report.
    public let remark: String?
    /// The probability that the faces belong to one person, 0...1, at the rule's prior.
    ///
    /// It is `nil` if the model's card has no calibration for it, or the conditions are unknown.
    public let probability: Double?

    /// Whether ``similarity`` reaches ``threshold``.
    public var isMatch: Bool { similarity >= threshold }

    /// Creates a decision from its parts.
    public init(
        similarity: Float, threshold: Float, falseMatchRate: Double?, condition: String? = nil,
        probability: Double? = nil, remark: String? = nil
    ) {
        self.similarity = similarity
        self.threshold = threshold
        self.falseMatchRate = falseMatchRate
        self.condition = condition
        self.probability = probability
        self.remark = remark
    }

    /// The basis in words: `threshold 0.41: masked, FMR 0.001`.
    public var basis: String {
        let rate = falseMatchRate.map { "FMR " + significant($0, 2) } ?? "FMR unknown"
        return "threshold \(decimal(threshold, 2)): \(condition ?? "all conditions"), \(rate)"
    }
}

extension Embedding {
    /// Compares this face with another one at a threshold.
    ///
    /// - Parameters:
    ///   - other: An embedding of the same model.
    ///   - threshold: The similarity from which the faces match. ``MatchRule`` finds it for a false match rate.
    /// - Throws: ``FaceError`` if different models made the embeddings.
    public func verify(against other: Embedding, at threshold: Float) throws -> MatchDecision {
        MatchDecision(similarity: try similarity(to: other), threshold: threshold, falseMatchRate: nil)
    }
}
