public import Faces
public import LikenessSupport
public import Pixels

/// One thing that spoils a picture, at one strength: what robustness is measured against, strength by strength (after
/// Hendrycks and Dietterich, *Benchmarking neural network robustness to common corruptions and perturbations*, 2019).
///
/// Where an ``AugmentationPolicy`` draws what is done to a picture, here it is fixed; chance has its part only in the grain
/// of the noise and the place of what covers the face.
public struct Distortion: Hashable, Sendable {
    /// What spoils a picture.
    public enum Kind: String, Codable, Hashable, CaseIterable, Sendable {
        /// Normal noise in each color.
        case noise
        /// A Gaussian blur.
        case blur
        /// Lossy compression.
        case jpeg
        /// Light that is taken away, with the noise that this brings.
        case darkness
        /// The picture shrunk and enlarged again: fewer pixels a face.
        case resolution
        /// A patch over the face.
        case occlusion
    }

    /// Changes whenever the same strength and seed may give another picture than before.
    public static let version = 1

    /// What spoils the picture.
    public let kind: Kind
    /// How strongly, in units of ``Kind/unit`` and within ``Kind/limits``.
    public let strength: Float

    /// Creates a distortion; its strength must lie within the kind's limits.
    public init(_ kind: Kind, strength: Float) {
        precondition(kind.accepts(strength), "\(kind) within its limits")
        self.kind = kind
        self.strength = strength
    }

    /// What it is, with its strength: `noise 20`.
    public var name: String { "\(kind.rawValue) \(Self.short(strength))" }

    /// Whether it must know where the face is.
    public var needsFace: Bool { kind == .occlusion }

    /// Returns the spoiled picture, of the same size.
    ///
    /// - Parameters:
    ///   - picture: Any picture.
    ///   - face: Where the face is; looked at only if ``needsFace`` says so, and then needed.
    ///   - seed: Another seed, another grain and another place of the patch. With one seed, a patch of a larger share
    ///     covers all that one of a smaller share does.
    /// - Throws: `FaceError.degenerateLandmarks` if the landmarks are those of no face.
    public func applied(to picture: Image, face: Landmarks? = nil, seed: UInt64) throws -> Image {
        guard let step = kind.step else {
            guard let face else { preconditionFailure("\(kind) needs the face") }
            var generator = SeededGenerator(seed: seed)
            return try picture.occluded(share: strength, at: face, using: &generator)
        }
        let policy = AugmentationPolicy([.init(step, probability: 1, range: Span(strength, strength))])
        return try policy.plan(seed: seed).applied(to: picture, faces: []).image
    }

    /// Returns a number without digits that say nothing.
    private static func short(_ value: Float) -> String {
        value == value.rounded() && abs(value) < 1e6 ? "\(Int(value))" : "\(value)"
    }
}

extension Distortion.Kind {
    /// The step of a policy that does the same; `nil` if there is none.
    var step: AugmentationPolicy.Kind? {
        switch self {
        case .noise: .noise
        case .blur: .blur
        case .jpeg: .jpeg
        case .darkness: .darkness
        case .resolution: .downscale
        case .occlusion: nil
        }
    }

    /// The strengths that make sense.
    public var limits: Span { step?.limits ?? Span(0.01, 1) }

    /// Returns whether a strength makes sense.
    public func accepts(_ strength: Float) -> Bool { strength >= limits.low && strength <= limits.high }

    /// What a strength counts.
    public var unit: String {
        switch self {
        case .noise: "deviation, gray levels"
        case .blur: "deviation, pixels"
        case .jpeg: "quality"
        case .darkness: "stops"
        case .resolution: "factor"
        case .occlusion: "share of the face"
        }
    }

    /// The strength that leaves a picture as it is; `nil` if every strength alters it.
    public var neutralStrength: Float? {
        switch self {
        case .noise, .blur, .occlusion: 0
        case .resolution: 1
        // A sensor that loses no light still adds its noise.
        case .darkness, .jpeg: nil
        }
    }

    /// From mild to where verification gives way, for faces of about a hundred pixels; the mildest first.
    public var usualStrengths: [Float] {
        switch self {
        case .noise: [10, 20, 30, 40, 50, 60]
        case .blur: [1, 2, 4, 6, 8, 10]
        case .jpeg: [50, 30, 20, 10, 5, 2]
        case .darkness: [2, 4, 6, 7, 8, 9]
        case .resolution: [2, 4, 6, 8, 12, 16]
        case .occlusion: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]
        }
    }
}
