public import Faces

/// The requirements for enrolling a face.
///
/// A poor template harms every later search. The gate therefore checks faces before enrollment, and reports all issues
/// at once. A limit that is `nil` is not checked.
///
/// ```swift
/// var policy = EnrollmentPolicy.standard(otherPerson: try await gallery.otherPersonLimit(by: card).rule)
/// policy.greatestYaw = 20
/// let source = EnrollmentSource(label: "ada.jpg", context: ada.context)
/// let issues = try await gallery.issues(enrolling: "Ada", ada.embedding, from: source, policy: policy)
/// for issue in issues { print(issue) }
/// ```
public struct EnrollmentPolicy: Hashable, Sendable {
    /// The strictness of the gate.
    public enum Mode: String, CaseIterable, Hashable, Codable, Sendable {
        /// Only checks that the embedding fits the gallery.
        case off
        /// Refuses faces that would make a useless or dangerous template.
        case standard
        /// Only accepts portraits: near, sharp, frontal and well lit.
        case strict
    }

    /// The mode that the limits come from.
    public var mode: Mode
    /// Whether a photograph may show other faces besides the enrolled one.
    public var allowsSeveralFaces: Bool
    /// The minimum square root of the box's area, in pixels.
    public var smallestFace: Float?
    /// The minimum ``/Faces/ContextVector/sharpness``, in gray levels.
    public var leastSharpness: Float?
    /// The minimum ``/Faces/ContextVector/quality``, 0...1. It is not checked if the quality is unknown.
    ///
    /// A face below the standard limit of 0.4 fails to match most of the person's other pictures. Of 3,430 unaltered
    /// pictures of people on whom no network was trained, 0.3 % are below it, and 1 % below the strict limit of 0.5.
    public var leastQuality: Float?
    /// The minimum confidence of the detector, 0...1.
    public var leastConfidence: Float?
    /// The maximum share of the face outside the picture, 0...1: `Face.shareOutside`.
    public var greatestShareOutside: Float?
    /// The minimum confidence of a second detector in the face, 0...1: ``/Faces/FaceEvidence/confirmation``.
    public var leastConfirmation: Float?
    /// The maximum gain in confidence when the face is turned, −1...1: ``/Faces/FaceEvidence/turnedLead``.
    public var greatestTurnedLead: Float?
    /// The maximum absolute roll that a second detector finds after alignment, in degrees:
    /// ``/Faces/FaceEvidence/residualRoll``.
    public var greatestResidualRoll: Float?
    /// The maximum absolute yaw, in degrees.
    public var greatestYaw: Float?
    /// The maximum absolute pitch, in degrees.
    public var greatestPitch: Float?
    /// The maximum absolute roll, in degrees.
    public var greatestRoll: Float?
    /// The minimum mean luminance, 0...1.
    public var leastIntensity: Float?
    /// The maximum mean luminance, 0...1.
    public var greatestIntensity: Float?
    /// The maximum share of black, 0...1.
    public var greatestUnderexposed: Float?
    /// The maximum share of white, 0...1.
    public var greatestOverexposed: Float?
    /// The rule by which a face that matches another person in the gallery is refused; it may depend on the conditions
    /// of the two faces.
    ///
    /// See ``OtherPersonLimit``.
    public var otherPerson: MatchRule?
    /// The rules by which a face must match the nearest of the person's templates; empty for no check.
    ///
    /// The first rule is for a person with one template, the second for two, and so on; the last is for all larger
    /// numbers. With many templates, the nearest one is similar to more strangers, and each stranger that is enrolled
    /// would admit others.
    public var ownPictures: [MatchRule] = []
    /// The similarity from which a face counts as the same photograph as an enrolled template.
    public var duplicateSimilarity: Float?

    /// Creates the limits of a mode.
    ///
    /// - Parameters:
    ///   - mode: The strictness of the gate.
    ///   - otherPerson: The rule for matches with other people; ignored if `mode` is off.
    ///   - ownPictures: The rules for matches with the person's own pictures: ``ownPictures(of:by:)``. Empty for no
    ///     check.
    public init(mode: Mode, otherPerson: MatchRule?, ownPictures: [MatchRule] = []) {
        self.mode = mode
        allowsSeveralFaces = mode == .off
        guard mode != .off else { return }
        let strict = mode == .strict
        smallestFace = strict ? 96 : 48
        leastSharpness = strict ? 10 : 5
        leastQuality = strict ? 0.5 : 0.4
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

    /// Returns the false match rate of the check against a person's own pictures: 0.1, and 0.03 for portraits; `nil`
    /// for no check.
    ///
    /// A limit that nearly all pictures of one person pass is also passed by many strangers, so the rate is a
    /// compromise. It was measured with SFace on 23,231 pictures of 1,006 people. A similarity between the thresholds
    /// at 0.1 and 0.03 is equally likely to come from a mated or an impostor pair if mated comparisons are 2.7 times as
    /// frequent; between those at 0.03 and 0.01, a mated pair is 1.5 times as likely. Users who add a picture to a
    /// person usually mean that person. The rate of 0.1 refuses nine of ten strangers and 3.3 % of mated pairs,
    /// including wrong labels; the rate of 0.03 refuses 5.8 % of mated pairs.
    public static func ownFalseMatchRate(of mode: Mode) -> Double? {
        switch mode {
        case .off: nil
        case .standard: 0.1
        case .strict: 0.03
        }
    }

    /// Returns the rules for ``ownPictures`` by a model's card: ``ownFalseMatchRate(of:)``, divided among a person's
    /// templates.
    ///
    /// A stranger resembles one of n templates up to n times as often as a single one, so each template gets an n-th of
    /// the rate, if the card supports it. The result is empty if there is no check, or the card has no measured error
    /// rates.
    public static func ownPictures(of mode: Mode, by card: ModelCard) -> [MatchRule] {
        guard let rate = ownFalseMatchRate(of: mode) else { return [] }
        var rules: [MatchRule] = []
        for templates in 1...mostOwnTemplates {
            guard let rule = try? MatchRule(card, falseMatchRate: rate / Double(templates)) else { break }
            rules.append(rule)
        }
        return rules
    }

    /// The number of templates from which the rate for a person's own pictures stays the same.
    private static let mostOwnTemplates = 100

    /// Returns the rule for a person with this number of templates; `nil` for no check.
    func ownPictures(templates: Int) -> MatchRule? {
        ownPictures.isEmpty ? nil : ownPictures[min(max(templates, 1), ownPictures.count) - 1]
    }

    /// The policy that only checks that the embedding fits the gallery.
    public static let off = EnrollmentPolicy(mode: .off, otherPerson: nil)

    /// Creates the policy that refuses useless or dangerous templates.
    ///
    /// - Parameters:
    ///   - otherPerson: The rule by which the gallery identifies, or a stricter one.
    ///   - ownPictures: The rules for matches with the person's own pictures.
    public static func standard(otherPerson: MatchRule, ownPictures: [MatchRule] = []) -> EnrollmentPolicy {
        EnrollmentPolicy(mode: .standard, otherPerson: otherPerson, ownPictures: ownPictures)
    }

    /// Creates the policy that only accepts portraits: near, sharp, frontal and well lit.
    ///
    /// - Parameters:
    ///   - otherPerson: The rule by which the gallery identifies, or a stricter one.
    ///   - ownPictures: The rules for matches with the person's own pictures.
    public static func strict(otherPerson: MatchRule, ownPictures: [MatchRule] = []) -> EnrollmentPolicy {
        EnrollmentPolicy(mode: .strict, otherPerson: otherPerson, ownPictures: ownPictures)
    }
}
