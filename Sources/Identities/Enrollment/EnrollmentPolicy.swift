/// What a face must be like to be enrolled.
///
/// A poor template harms every later search, so the gate stands before the gallery and names all its reasons at once.
/// A limit that is `nil` is not checked.
public struct EnrollmentPolicy: Hashable, Codable, Sendable {
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
    /// Least ``/Faces/ContextVector/sharpness``, in grey levels.
    public var leastSharpness: Float?
    /// Least confidence of the detector, 0...1.
    public var leastConfidence: Float?
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
    /// The similarity at which the gallery identifies: from it on, the face may be another person's.
    public var matchThreshold: Float?
    /// The similarity from which it is a template that the person has already: the same photograph again.
    public var duplicateSimilarity: Float?

    /// The limits of a mode.
    ///
    /// - Parameter matchThreshold: The similarity at which the gallery identifies; ignored where `mode` is off.
    public init(mode: Mode, matchThreshold: Float?) {
        self.mode = mode
        allowsSeveralFaces = mode == .off
        guard mode != .off else { return }
        let strict = mode == .strict
        smallestFace = strict ? 96 : 48
        leastSharpness = strict ? 10 : 5
        leastConfidence = strict ? 0.8 : 0.6
        greatestYaw = strict ? 20 : 40
        greatestPitch = strict ? 25 : 40
        greatestRoll = strict ? 20 : 45
        leastIntensity = strict ? 0.25 : 0.12
        greatestIntensity = strict ? 0.8 : 0.9
        greatestUnderexposed = strict ? 0.3 : 0.6
        greatestOverexposed = strict ? 0.1 : 0.3
        duplicateSimilarity = 0.9995
        self.matchThreshold = matchThreshold
    }

    /// Checks nothing but that the embedding fits the gallery.
    public static let off = EnrollmentPolicy(mode: .off, matchThreshold: nil)

    /// Refuses what makes a template useless or dangerous.
    ///
    /// - Parameter matchThreshold: The similarity at which the gallery identifies.
    public static func standard(matchThreshold: Float) -> EnrollmentPolicy {
        EnrollmentPolicy(mode: .standard, matchThreshold: matchThreshold)
    }

    /// Takes portraits only: near, sharp, frontal and well lit.
    ///
    /// - Parameter matchThreshold: The similarity at which the gallery identifies.
    public static func strict(matchThreshold: Float) -> EnrollmentPolicy {
        EnrollmentPolicy(mode: .strict, matchThreshold: matchThreshold)
    }
}
