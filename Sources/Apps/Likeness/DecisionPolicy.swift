/// How similarities become decisions, whatever the model: a false match rate, a rate of false alarms in a gallery, or a
/// threshold, and whether thresholds follow the conditions in which the faces were seen.
///
/// The model's card turns the policy into thresholds. A rate that the card's measurements can't support is refused, never
/// replaced by another one.
///
/// ```swift
/// let service = try FaceService()
/// let answer = try await service.verify(.file(first), .file(second), by: .falseMatchRate(1e-4))
/// ```
public struct DecisionPolicy: Hashable, Codable, Sendable {
    /// The number that decisions are held to.
    public enum Basis: Hashable, Codable, Sendable {
        /// The share of comparisons of two different people that may match, between 0 and 1.
        case falseMatchRate(Double)
        /// The share of faces of people who are not enrolled for which a gallery may name somebody, between 0 and 1 (the
        /// false-positive identification rate of ISO/IEC 19795-1). Only for searches in a gallery.
        case falseAlarmRate(Double)
        /// The cosine similarity from which two faces match, -1...1, for any model and any condition.
        case threshold(Float)
    }

    /// The false match rate if none is asked for: one comparison of two different people in a thousand.
    public static let defaultFalseMatchRate = 1e-3

    /// The number that decisions are held to.
    public var basis: Basis
    /// The probability, before the faces are compared, that they are of one person; in a gallery: that the person is one
    /// of those enrolled. Between 0 and 1.
    public var prior: Double
    /// Whether the thresholds follow the conditions, such as masks, darkness and small faces, if the model's card has
    /// thresholds for them.
    public var adaptsToConditions: Bool

    /// A policy. The default is a false match rate of 0.001 with thresholds by condition.
    public init(
        _ basis: Basis = .falseMatchRate(DecisionPolicy.defaultFalseMatchRate), prior: Double = MatchRule.evenPrior,
        adaptsToConditions: Bool = true
    ) {
        self.basis = basis
        self.prior = prior
        self.adaptsToConditions = adaptsToConditions
    }

    /// A policy that is held to a false match rate per comparison, between 0 and 1.
    public static func falseMatchRate(_ rate: Double) -> DecisionPolicy { DecisionPolicy(.falseMatchRate(rate)) }

    /// A policy that is held to a rate of false alarms per face in a gallery, between 0 and 1.
    public static func falseAlarmRate(_ rate: Double) -> DecisionPolicy { DecisionPolicy(.falseAlarmRate(rate)) }

    /// A policy with one threshold of similarity, -1...1.
    public static func threshold(_ similarity: Float) -> DecisionPolicy { DecisionPolicy(.threshold(similarity)) }

    /// The rule for comparing two faces of the model with this card.
    ///
    /// - Throws: `FaceError.unsupportedFalseMatchRate` if the card can't support the rate; `FaceError.invalidPrior`;
    ///   ``FaceServiceError/galleryPolicyForTwoFaces`` for a rate of false alarms, which only a gallery has;
    ///   ``FaceServiceError/outOfRange(_:_:)`` for a threshold that no similarity can have.
    public func rule(for card: ModelCard) throws -> MatchRule {
        switch basis {
        case .falseMatchRate(let rate):
            return try MatchRule(card, falseMatchRate: rate, prior: prior, adapts: adaptsToConditions)
        case .threshold(let threshold):
            guard (-1...1).contains(threshold) else { throw FaceServiceError.outOfRange("a threshold", "-1 to 1") }
            return try MatchRule(card, threshold: threshold, prior: prior)
        case .falseAlarmRate:
            throw FaceServiceError.galleryPolicyForTwoFaces
        }
    }

    /// The rule for searches in a gallery of this size, of the model with this card.
    ///
    /// - Throws: As ``rule(for:)``; `GalleryError.unsupportedFalseAlarmRate` if the card can't support the rate of false
    ///   alarms in a gallery of this size.
    public func rule(for card: ModelCard, in size: GallerySize) throws -> MatchRule {
        guard case .falseAlarmRate(let asked) = basis else { return try rule(for: card) }
        let rate = try FalseAlarmRate(asked, in: size, by: card)
        return try MatchRule(card, falseMatchRate: rate.perComparison, prior: prior, adapts: adaptsToConditions)
    }
}
