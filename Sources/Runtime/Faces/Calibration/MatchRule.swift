import Foundation

/// The rule that turns a model's similarities into decisions.
///
/// It uses the card's thresholds for a stated false match rate, which depend on the conditions if the card supports it,
/// or a threshold given by the caller.
///
/// ```swift
/// let rule = try MatchRule(card, falseMatchRate: 1e-4)
/// let decision = try rule.decide(a, b)
/// print(decision.isMatch, decision.similarity, decision.threshold, decision.condition ?? "")
/// ```
public struct MatchRule: Hashable, Sendable {
    /// The prior if nothing is known: mated and impostor comparisons are equally likely.
    public static let evenPrior = 0.5

    /// The stated false match rate; `nil` if the caller gave the threshold.
    public let statedRate: Double?
    /// The single threshold for all conditions: the caller's or the card's.
    public let threshold: Float
    /// The thresholds by condition; `nil` if a single one holds for all.
    public let adaptive: AdaptiveThresholds?
    /// The prior probability that two faces belong to one person, between 0 and 1.
    public let prior: Double
    private let calibration: MatchCalibration?
    private let probabilities: ProbabilityCalibration?

    /// Creates a rule for a false match rate.
    ///
    /// - Parameters:
    ///   - card: The model's card.
    ///   - rate: False matches per comparison of two people.
    ///   - prior: The prior probability that two faces belong to one person.
    ///   - adapts: Whether the threshold depends on the conditions, if the card has such thresholds.
    /// - Throws: ``FaceError/unsupportedFalseMatchRate(_:reason:)`` if the card's figures do not support the rate;
    ///   ``FaceError/invalidPrior(_:)``.
    public init(
        _ card: ModelCard, falseMatchRate rate: Double, prior: Double = evenPrior, adapts: Bool = true
    ) throws {
        threshold = try card.threshold(falseMatchRate: rate)
        statedRate = rate
        adaptive = adapts ? card.adaptiveThresholds : nil
        calibration = nil
        probabilities = card.probability
        self.prior = try Self.checked(prior)
    }

    /// Creates a rule for a given threshold, −1...1.
    ///
    /// - Throws: ``FaceError/invalidPrior(_:)``.
    public init(_ card: ModelCard, threshold: Float, prior: Double = evenPrior) throws {
        self.threshold = threshold
        (statedRate, adaptive) = (nil, nil)
        calibration = card.calibration
        probabilities = card.probability
        self.prior = try Self.checked(prior)
    }

    /// Creates a rule for a given threshold, −1...1, that works for any model.
    ///
    /// Rates and probabilities are unknown.
    public init(threshold: Float) {
        self.threshold = threshold
        (statedRate, adaptive, calibration, probabilities) = (nil, nil, nil, nil)
        prior = Self.evenPrior
    }

    /// The false match rate per comparison: the stated one, or the card's figure for the given threshold.
    public var falseMatchRate: Double? {
        statedRate ?? calibration?.falseMatchRate(threshold: threshold)
    }

    private static func checked(_ prior: Double) throws -> Double {
        guard prior > 0, prior < 1 else { throw FaceError.invalidPrior(prior) }
        return prior
    }

    /// Decides whether two faces belong to one person.
    ///
    /// - Throws: ``FaceError/modelMismatch(_:_:)`` if different models embedded them.
    public func decide(_ a: EmbeddedFace, _ b: EmbeddedFace) throws -> MatchDecision {
        decide(
            similarity: try a.embedding.similarity(to: b.embedding), conditions: PairConditions(a.context, b.context))
    }

    /// Decides whether two faces with a known similarity belong to one person.
    ///
    /// - Parameters:
    ///   - similarity: The cosine similarity, −1...1.
    ///   - conditions: The conditions of the two faces. If they are unknown, or it is unknown whether the faces wear
    ///     masks, a single threshold is used, the decision says so, and no probability that depends on the conditions
    ///     is given.
    public func decide(similarity: Float, conditions: PairConditions?) -> MatchDecision {
        let known = Self.known(conditions)
        let probability = logLikelihoodRatio(similarity: similarity, conditions: known).map {
            ProbabilityCalibration.sigmoid($0 + ProbabilityCalibration.logOdds(prior))
        }
        let children = conditions?.traits.first { $0.kind == .child }
        guard let adaptive, let statedRate else {
            return MatchDecision(
                similarity: similarity, threshold: threshold, falseMatchRate: falseMatchRate, probability: probability,
                remark: children.map { _ in Self.childrenRemark })
        }
        // If the ages are unknown, the threshold for everybody is also used for two children. The remark says so.
        let isAgeUnknown = conditions?.bothChildren == nil && adaptive.cells.contains { $0.kind == .child }
        let agesRemark = isAgeUnknown ? Self.unknownAgesRemark : nil
        guard let known else {
            // It is known that both are children, even if it is unknown whether they wear masks.
            let own = children.map { adaptive.choice(falseMatchRate: statedRate, traits: [$0], one: threshold) }
            let masksRemark = own == nil ? Self.unknownMasksRemark : Self.onlyChildrenRemark
            let remarks =
                conditions == nil ? [Self.unknownRemark] : [masksRemark, agesRemark, own?.remark].compactMap(\.self)
            return MatchDecision(
                similarity: similarity, threshold: max(own?.threshold ?? threshold, threshold),
                falseMatchRate: statedRate, condition: own?.condition, probability: probability,
                remark: remarks.joined(separator: "; "))
        }
        let choice = adaptive.choice(falseMatchRate: statedRate, traits: known.traits, one: threshold)
        let remarks = [agesRemark, choice.remark].compactMap(\.self)
        return MatchDecision(
            similarity: similarity, threshold: choice.threshold, falseMatchRate: statedRate,
            condition: choice.condition, probability: probability,
            remark: remarks.isEmpty ? nil : remarks.joined(separator: "; "))
    }

    /// The remark if a single threshold replaces those by condition.
    static let unknownRemark = "it is not known how the faces were seen: one threshold was used"
    /// The remark if it is unknown who wears a mask.
    static let unknownMasksRemark = "it is not known whether the faces wear masks: one threshold was used"
    /// The remark if it is unknown whether two children wear masks.
    static let onlyChildrenRemark =
        "it is not known whether the faces wear masks: of the thresholds by condition, only the one "
        + "for children was used"
    /// The remark if it is unknown who is a child.
    static let unknownAgesRemark =
        "it is not known whether the people are children: two children are taken for one person more often than stated"
    /// The remark for two children if a single threshold, measured on other people, holds for all.
    static let childrenRemark =
        "both may be children: the threshold was measured on adults and takes more children for one person than stated; "
        + "how often two pictures of one child are missed was not measured"

    /// Returns the natural logarithm of the likelihood ratio of a similarity: one person against two.
    ///
    /// It is `nil` if the card has no calibration for it.
    public func logLikelihoodRatio(similarity: Float, conditions: PairConditions?) -> Double? {
        try? probabilities?.logLikelihoodRatio(similarity: similarity, conditions: Self.known(conditions))
    }

    /// Returns the conditions if it is known whether the faces wear masks; otherwise `nil`.
    ///
    /// A calibration that was also fitted on masked faces can't be applied without it.
    private static func known(_ conditions: PairConditions?) -> PairConditions? {
        conditions.flatMap { $0.masked == nil ? nil : $0 }
    }

    /// Returns the probability of each candidate, if at most one of them is right.
    ///
    /// With the probability ``prior``, the face belongs to one of `people` people, all equally likely, and otherwise to
    /// a stranger: P(i) = Lᵢ p / n / (1 − p + Σ Lⱼ p / n), with p the prior, n the number of people and L the
    /// likelihood ratios. People who are not candidates are taken as ruled out: L = 0.
    ///
    /// - Parameters:
    ///   - logRatios: The candidates' log-likelihood ratios.
    ///   - people: The number of people in the gallery, at least the number of candidates.
    public func posteriors(logRatios: [Double], people: Int) -> [Double] {
        let share = prior / Double(max(people, 1))
        let weights = logRatios.map { exp($0) * share }
        let sum = weights.reduce(1 - prior, +)
        return weights.map { $0 / sum }
    }
}
