import Foundation

/// How a model's similarities become decisions: by its card's thresholds for a stated false match rate, which follow the
/// conditions where the card knows them, or by a threshold from elsewhere.
public struct MatchRule: Hashable, Sendable {
    /// The prior if nothing is known: as many comparisons of one person's faces as of two people's.
    public static let evenPrior = 0.5

    /// The false match rate that is stated; `nil` if the threshold is from elsewhere.
    public let statedRate: Double?
    /// One threshold for all conditions: the one from elsewhere, or the card's.
    public let threshold: Float
    /// The thresholds by condition; `nil` if one stands for all.
    public let adaptive: AdaptiveThresholds?
    /// How probable it is before the faces are compared that they are one person's, between 0 and 1.
    public let prior: Double
    private let calibration: MatchCalibration?
    private let probabilities: ProbabilityCalibration?

    /// Decides at a false match rate.
    ///
    /// - Parameters:
    ///   - card: The model's.
    ///   - rate: False matches per comparison of two people.
    ///   - prior: How probable it is that the faces are one person's, before they are compared.
    ///   - adapts: Whether the threshold follows the conditions, where the card has such thresholds.
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

    /// Decides at a threshold from elsewhere, −1...1.
    ///
    /// - Throws: ``FaceError/invalidPrior(_:)``.
    public init(_ card: ModelCard, threshold: Float, prior: Double = evenPrior) throws {
        self.threshold = threshold
        (statedRate, adaptive) = (nil, nil)
        calibration = card.calibration
        probabilities = card.probability
        self.prior = try Self.checked(prior)
    }

    /// Decides at a threshold, −1...1, whatever the model: neither rates nor probabilities are known.
    public init(threshold: Float) {
        self.threshold = threshold
        (statedRate, adaptive, calibration, probabilities) = (nil, nil, nil, nil)
        prior = Self.evenPrior
    }

    /// The false match rate per comparison that decisions have: the stated one, or what the card knows of the threshold
    /// from elsewhere.
    public var falseMatchRate: Double? {
        statedRate ?? calibration?.falseMatchRate(threshold: threshold)
    }

    private static func checked(_ prior: Double) throws -> Double {
        guard prior > 0, prior < 1 else { throw FaceError.invalidPrior(prior) }
        return prior
    }

    /// Decides on two faces.
    ///
    /// - Throws: ``FaceError/modelMismatch(_:_:)`` if two models embedded them.
    public func decide(_ a: EmbeddedFace, _ b: EmbeddedFace) throws -> MatchDecision {
        decide(
            similarity: try a.embedding.similarity(to: b.embedding), conditions: PairConditions(a.context, b.context))
    }

    /// Decides on two faces whose similarity is known.
    ///
    /// - Parameters:
    ///   - similarity: Cosine, −1...1.
    ///   - conditions: How they were seen. Where it is not known, or not whether they wear masks, one threshold for all
    ///     conditions stands in, the decision says so, and there is no probability that looks at them.
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
        // Without ages two children would have the threshold for everybody: that is said.
        let isAgeUnknown = conditions?.bothChildren == nil && adaptive.cells.contains { $0.kind == .child }
        let agesRemark = isAgeUnknown ? Self.unknownAgesRemark : nil
        guard let known else {
            // What is known of two children counts even if masks are not known.
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

    /// What is said where one threshold stands in for those by condition.
    static let unknownRemark = "it is not known how the faces were seen: one threshold was used"
    /// What is said where it is not known who wears a mask.
    static let unknownMasksRemark = "it is not known whether the faces wear masks: one threshold was used"
    /// What is said where that is not known of two children.
    static let onlyChildrenRemark =
        "it is not known whether the faces wear masks: of the thresholds by condition only the one for children was used"
    /// What is said where it is not known who is a child.
    static let unknownAgesRemark =
        "it is not known whether the people are children: two children are taken for one person more often than stated"
    /// What is said of two children where one threshold stands for all: it was measured on other people.
    static let childrenRemark =
        "both may be children: the threshold was measured on grown-ups and takes more children for one person than stated; "
        + "how often two pictures of one child are missed was not measured"

    /// Returns the natural logarithm of how much more probable a similarity is of one person than of two; `nil` if the
    /// card does not say.
    public func logLikelihoodRatio(similarity: Float, conditions: PairConditions?) -> Double? {
        try? probabilities?.logLikelihoodRatio(similarity: similarity, conditions: Self.known(conditions))
    }

    /// Conditions of which all is known: without the masks, what was fitted on masked faces too says nothing.
    private static func known(_ conditions: PairConditions?) -> PairConditions? {
        conditions.flatMap { $0.masked == nil ? nil : $0 }
    }

    /// Returns the probabilities that a face is each candidate's, where at most one of them is right.
    ///
    /// The face is somebody's of `people` people, all equally probable, with the chance ``prior``, and else a
    /// stranger's: P(i) = Lᵢ p / n / (1 − p + Σ Lⱼ p / n), where L are likelihood ratios. People who are no candidate
    /// are taken to be ruled out: L = 0.
    ///
    /// - Parameters:
    ///   - logRatios: The candidates' log-likelihood ratios.
    ///   - people: How many people there are to find, at least as many as candidates.
    public func posteriors(logRatios: [Double], people: Int) -> [Double] {
        let share = prior / Double(max(people, 1))
        let weights = logRatios.map { exp($0) * share }
        let sum = weights.reduce(1 - prior, +)
        return weights.map { $0 / sum }
    }
}
