public import Faces
public import LikenessSupport
public import Pixels

/// A corruption of a picture at one strength, for measuring robustness.
///
/// After Hendrycks and Dietterich, *Benchmarking neural network robustness to common corruptions and perturbations*,
/// 2019. An ``AugmentationPolicy`` chooses alterations at random; here the alteration is fixed, and only the noise
/// pattern and the place of the occluding patch are random.
public struct Distortion: Hashable, Sendable {
    /// A kind of corruption.
    public enum Kind: String, Codable, Hashable, CaseIterable, Sendable {
        /// Normal noise in each color.
        case noise
        /// A Gaussian blur.
        case blur
        /// Lossy compression.
        case jpeg
        /// Less light, with the resulting noise.
        case darkness
        /// The picture shrunk and enlarged again, which leaves fewer pixels per face.
        case resolution
        /// A patch over the face.
        case occlusion
    }

    /// The version, which changes whenever the same strength and seed may give a different picture.
    public static let version = 1

    /// The kind of corruption.
    public let kind: Kind
    /// The strength, in units of ``Kind/unit`` and within ``Kind/limits``.
    public let strength: Float

    /// Creates a distortion; its strength must lie within the kind's limits.
    public init(_ kind: Kind, strength: Float) {
        precondition(kind.accepts(strength), "\(kind) within its limits")
        self.kind = kind
        self.strength = strength
    }

    /// The kind with its strength: `noise 20`.
    public var name: String { "\(kind.rawValue) \(Self.short(strength))" }

    /// Whether the landmarks of the face are needed.
    public var needsFace: Bool { kind == .occlusion }

    /// Returns the corrupted picture, of the same size.
    ///
    /// - Parameters:
    ///   - picture: Any picture.
    ///   - face: The landmarks of the face; required and used only if ``needsFace`` is true.
    ///   - seed: The seed of the noise and of the patch's place. With the same seed, a larger patch covers everything
    ///     that a smaller one does.
    /// - Throws: `FaceError.degenerateLandmarks` if the landmarks do not form a face.
    public func applied(to picture: Image, face: Landmarks? = nil, seed: UInt64) throws -> Image {
        guard let step = kind.step else {
            guard let face else { preconditionFailure("\(kind) needs the face") }
            var generator = SeededGenerator(seed: seed)
            return try picture.occluded(share: strength, at: face, using: &generator)
        }
        let policy = AugmentationPolicy([.init(step, probability: 1, range: Span(strength, strength))])
        return try policy.plan(seed: seed).applied(to: picture, faces: []).image
    }

    /// Returns a number as text without trailing zeros.
    private static func short(_ value: Float) -> String {
        value == value.rounded() && abs(value) < 1e6 ? "\(Int(value))" : "\(value)"
    }
}

extension Distortion.Kind {
    /// The kind of policy step with the same effect; `nil` if there is none.
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

    /// The range of valid strengths.
    public var limits: Span { step?.limits ?? Span(0.01, 1) }

    /// Returns whether a strength is valid.
    public func accepts(_ strength: Float) -> Bool { strength >= limits.low && strength <= limits.high }

    /// The unit of the strength.
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

    /// The strength that leaves a picture unchanged; `nil` if every strength alters it.
    public var neutralStrength: Float? {
        switch self {
        case .noise, .blur, .occlusion: 0
        case .resolution: 1
        // A sensor adds its noise even if no light is lost.
        case .darkness, .jpeg: nil
        }
    }

    /// Strengths from mild to those at which verification fails, for faces of about a hundred pixels, in this order.
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
