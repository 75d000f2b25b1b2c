public import Faces

/// What a face must be like to be enrolled.
///
/// A poor template harms every later search, so the gate stands before the gallery and names all its reasons at once.
/// A limit that is `nil` is not checked.
public struct EnrollmentPolicy: Hashable, Sendable {
    /// How much is asked.
    public enum Mode: String, CaseIterable, Hashable, Codable, Sendable {
        /// Nothing is checked but that the embedding fits the gallery.
        case off
        /// What makes a template useless or dangerous is refused.
        case standard
        /// A portrait: near, sharp, frontal and well lit.
        case strict
    }

    /// Where the limits come from.
    public var mode: Mode
    /// Whether a photograph may show other faces beside the one that is enrolled.
    public var allowsSeveralFaces: Bool
    /// Least square root of the box's area, in pixels.
    public var smallestFace: Float?
    /// Least ``/Faces/ContextVector/sharpness``, in gray levels.
    public var leastSharpness: Float?
    /// Least confidence of the detector, 0...1.
    public var leastConfidence: Float?
    /// Most share of the face outside the picture, 0...1: `Face.shareOutside`.
    public var greatestShareOutside: Float?
    /// Least confidence of another detector in the face, 0...1: ``/Faces/FaceEvidence/confirmation``.
    public var leastConfirmation: Float?
    /// Most that a detector may be surer of the face when it is turned, −1...1: ``/Faces/FaceEvidence/turnedLead``.
    public var greatestTurnedLead: Float?
    /// Most degrees, either way, by which another detector finds that the face leans when it should be upright:
    /// ``/Faces/FaceEvidence/residualRoll``.
    public var greatestResidualRoll: Float?
    /// Most degrees to either side.
    public var greatestYaw: Float?
    /// Most degrees up or down.
    public var greatestPitch: Float?
    /// Most degrees in the image plane.
    public var greatestRoll: Float?
    /// Least mean luminance, 0...1.
    public var leastIntensity: Float?
    /// Most mean luminance, 0...1.
    public var greatestIntensity: Float?
    /// Most share of black, 0...1.
    public var greatestUnderexposed: Float?
    /// Most share of white, 0...1.
    public var greatestOverexposed: Float?
    /// What makes a face another person's of the gallery: a match with one of theirs by this rule, which may follow how the
    /// two faces were seen. See ``OtherPersonLimit``.
    public var otherPerson: MatchRule?
    /// By what rule a face must match the nearest of the person's templates: the first where the person has one, the
    /// second where there are two, and so on, the last for all that have more; empty: nothing is asked.
    ///
    /// The nearest of many templates is near to more strangers: each that gets in would let further ones in.
    public var ownPictures: [MatchRule] = []
    /// The similarity from which it is a template that the person has already: the same photograph again.
    public var duplicateSimilarity: Float?

    /// Creates the limits of a mode.
    ///
    /// - Parameters:
    ///   - mode: How much is asked.
    ///   - otherPerson: What makes a face another person's; ignored where `mode` is off.
    ///   - ownPictures: How similar a person's pictures must be to each other: ``ownPictures(of:by:)``. Empty leaves
    ///     that unchecked.
    public init(mode: Mode, otherPerson: MatchRule?, ownPictures: [MatchRule] = []) {
        self.mode = mode
        allowsSeveralFaces = mode == .off
        guard mode != .off else { return }
        let strict = mode == .strict
        smallestFace = strict ? 96 : 48
        leastSharpness = strict ? 10 : 5
        leastConfidence = strict ? 0.8 : 0.6
        greatestShareOutside = strict ? 0.05 : 0.15
        leastConfirmation = 0.5
        greatestTurnedLead = 0
        greatestResidualRoll = strict ? 10 : 15
        greatestYaw = strict ? 20 : 40
        greatestPitch = strict ? 25 : 40
        greatestRoll = strict ? 20 : 45
        leastIntensity = strict ? 0.25 : 0.12
        greatestIntensity = strict ? 0.8 : 0.9
        greatestUnderexposed = strict ? 0.3 : 0.6
        greatestOverexposed = strict ? 0.1 : 0.3
        duplicateSimilarity = 0.9995
        self.otherPerson = otherPerson
        self.ownPictures = ownPictures
    }

    /// Returns the share of strangers whose similarity to a picture is as great as the least that a person's own
    /// pictures must have: 0.1, and 0.03 for portraits; `nil` if nothing is asked.
    ///
    /// What nearly all pictures of one person pass, many strangers pass too, so the limit weighs both. Among 1,006
    /// people's 23,231 pictures, SFace's similarities between its thresholds at 0.1 and 0.03 are as likely for one
    /// person's as for two people's where there are 2.7 comparisons of the one for each of the other; between those at
    /// 0.03 and 0.01 they are 1.5 times as likely for one person's. Who adds a picture to a person mostly means that
    /// person: a stranger is refused nine times in ten, and 3.3 % of one person's pairs with them (5.8 % at 0.03),
    /// wrong labels counted.
    public static func ownFalseMatchRate(of mode: Mode) -> Double? {
        switch mode {
        case .off: nil
        case .standard: 0.1
        case .strict: 0.03
        }
    }

    /// Returns the rules for ``ownPictures`` by a model's card: ``ownFalseMatchRate(of:)``, shared by a person's
    /// templates.
    ///
    /// Of n templates, one is near to a stranger up to n times as often: each gets an n-th of the rate, as far as the
    /// card supports it. Empty if nothing is asked, or the card has no figures.
    public static func ownPictures(of mode: Mode, by card: ModelCard) -> [MatchRule] {
        guard let rate = ownFalseMatchRate(of: mode) else { return [] }
        var rules: [MatchRule] = []
        for templates in 1...mostOwnTemplates {
            guard let rule = try? MatchRule(card, falseMatchRate: rate / Double(templates)) else { break }
            rules.append(rule)
        }
        return rules
    }

    /// From how many templates on the rate for a person's own pictures no longer falls.
    private static let mostOwnTemplates = 100

    /// Returns the rule for a person of as many templates; `nil` if nothing is asked.
    func ownPictures(templates: Int) -> MatchRule? {
        ownPictures.isEmpty ? nil : ownPictures[min(max(templates, 1), ownPictures.count) - 1]
    }

    /// Checks nothing but that the embedding fits the gallery.
    public static let off = EnrollmentPolicy(mode: .off, otherPerson: nil)

    /// Refuses what makes a template useless or dangerous.
    ///
    /// - Parameters:
    ///   - otherPerson: The rule by which the gallery identifies, or a stricter one.
    ///   - ownPictures: How similar a person's pictures must be to each other.
    public static func standard(otherPerson: MatchRule, ownPictures: [MatchRule] = []) -> EnrollmentPolicy {
        EnrollmentPolicy(mode: .standard, otherPerson: otherPerson, ownPictures: ownPictures)
    }

    /// Takes portraits only: near, sharp, frontal and well lit.
    ///
    /// - Parameters:
    ///   - otherPerson: The rule by which the gallery identifies, or a stricter one.
    ///   - ownPictures: How similar a person's pictures must be to each other.
    public static func strict(otherPerson: MatchRule, ownPictures: [MatchRule] = []) -> EnrollmentPolicy {
        EnrollmentPolicy(mode: .strict, otherPerson: otherPerson, ownPictures: ownPictures)
    }
}
