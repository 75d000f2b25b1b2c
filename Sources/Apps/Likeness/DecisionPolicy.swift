/// The rule by which similarities become decisions, for any model. It is based on a false match rate, a rate of false
/// alarms in a gallery, or a threshold, and says whether thresholds depend on the conditions in which the faces were
/// seen.
///
/// The model's card turns the policy into thresholds. A rate that the card's measurements can't support is refused,
/// never replaced by a higher one. A rate of false alarms may be so high that it needs a higher false match rate than
/// the card has; the card's highest one is used then, and there are fewer false alarms.
///
/// ```swift
/// let service = try FaceService()
/// let answer = try await service.verify(.file(first), .file(second), by: .falseMatchRate(1e-4))
/// ```
public struct DecisionPolicy: Hashable, Codable, Sendable {
    /// The error rate or threshold on which decisions are based.
    public enum Basis: Hashable, Codable, Sendable {
        /// The share of comparisons of two different people that may match, between 0 and 1.
        case falseMatchRate(Double)
        /// The share of faces of people who are not enrolled that a gallery may identify as someone, between 0 and 1
        /// (the false positive identification rate of ISO/IEC 19795-1). Only for searches in a gallery.
        case falseAlarmRate(Double)
        /// The cosine similarity from which two faces match, -1...1, for any model and any condition.
        case threshold(Float)
    }

    /// The false match rate that applies by default: one in a thousand comparisons of two different people.
    public static let defaultFalseMatchRate = 1e-3

    /// The error rate or threshold on which decisions are based.
    public var basis: Basis
    /// The prior probability, between 0 and 1, that the two faces belong to the same person; in a gallery, that the
    /// person is enrolled.
    public var prior: Double
    /// Whether the thresholds depend on the conditions, such as masks, darkness and small faces, if the model's card
    /// has thresholds for them.
    public var adaptsToConditions: Bool

    /// Creates a policy. The default is a false match rate of 0.001 with thresholds by condition.
    public init(
        _ basis: Basis = .falseMatchRate(DecisionPolicy.defaultFalseMatchRate), prior: Double = MatchRule.evenPrior,
        adaptsToConditions: Bool = true
    ) {
        self.basis = basis
        self.prior = prior
        self.adaptsToConditions = adaptsToConditions
    }

    /// Creates a policy with a false match rate per comparison, between 0 and 1.
    public static func falseMatchRate(_ rate: Double) -> DecisionPolicy { DecisionPolicy(.falseMatchRate(rate)) }

    /// Creates a policy with a rate of false alarms per face in a gallery, between 0 and 1.
    public static func falseAlarmRate(_ rate: Double) -> DecisionPolicy { DecisionPolicy(.falseAlarmRate(rate)) }

    /// Creates a policy with one threshold for the cosine similarity, -1...1.
    public static func threshold(_ similarity: Float) -> DecisionPolicy { DecisionPolicy(.threshold(similarity)) }

    /// Returns the rule for comparing two faces with the model that this card describes.
    ///
    /// - Throws: `FaceError.unsupportedFalseMatchRate` if the card can't support the rate;
    ///   ``FaceServiceError/galleryPolicyForTwoFaces`` for a rate of false alarms, which needs a gallery;
    ///   ``FaceServiceError/outOfRange(_:_:)`` for a threshold that is not from -1 to 1, and for a
    ///   prior that is not between 0 and 1.
    public func rule(for card: ModelCard) throws -> MatchRule {
        try checkPrior()
        switch basis {
        case .falseMatchRate(let rate):
            return try MatchRule(card, falseMatchRate: rate, prior: prior, adapts: adaptsToConditions)
        case .threshold(let threshold):
            guard (-1...1).contains(threshold) else { throw FaceServiceError.outOfRange("a threshold", "from -1 to 1") }
            return try MatchRule(card, threshold: threshold, prior: prior)
        case .falseAlarmRate:
            throw FaceServiceError.galleryPolicyForTwoFaces
        }
    }

    /// Returns the rule for searches in a gallery of this size with the model that this card describes.
    ///
    /// - Throws: The errors of ``rule(for:)``; `GalleryError.unsupportedFalseAlarmRate` if the card can't support the
    ///   rate of false alarms in a gallery of this size.
    public func rule(for card: ModelCard, in size: GallerySize) throws -> MatchRule {
        guard case .falseAlarmRate(let asked) = basis else { return try rule(for: card) }
        try checkPrior()
        let rate = try FalseAlarmRate(asked, in: size, by: card)
        return try MatchRule(card, falseMatchRate: rate.perComparison, prior: prior, adapts: adaptsToConditions)
    }

    private func checkPrior() throws(FaceServiceError) {
        guard prior > 0, prior < 1 else { throw .outOfRange("a prior", "between 0 and 1") }
    }
}
