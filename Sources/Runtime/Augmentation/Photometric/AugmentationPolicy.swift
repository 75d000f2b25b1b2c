public import Foundation
public import LikenessSupport

/// The alterations of pictures, with their probabilities and strengths: a JSON file.
///
/// ```json
/// {"steps": [
///    {"kind": "mask", "probability": 0.3},
///    {"kind": "flip", "probability": 0.5},
///    {"kind": "rotation", "probability": 0.8, "range": [-10, 10]},
///    {"kind": "jpeg", "probability": 0.2, "range": [30, 90]}
/// ]}
/// ```
///
/// The order of the list does not matter. Covers are drawn on the face first, then the picture is moved, then its light
/// and colors change, and finally it is blurred, reduced in resolution, made noisy and compressed, in the order of a
/// camera.
///
/// ```swift
/// let policy = try AugmentationPolicy(contentsOf: file)
/// let plan = policy.plan(seed: 7)   // the same seed always gives the same alterations
/// let altered = try plan.applied(to: photo, faces: [face.landmarks])
/// print(plan.steps, altered.image.width)
/// ```
public struct AugmentationPolicy: Hashable, Codable, Sendable {
    /// A kind of alteration.
    public enum Kind: String, Codable, Hashable, CaseIterable, Sendable {
        /// A mask is drawn on the face; no range.
        case mask
        /// Sunglasses, a cap or a scarf is drawn on the face; no range.
        case occluder
        /// The picture is mirrored; no range.
        case flip
        /// The rotation in degrees, clockwise as seen, within −180...180.
        case rotation
        /// The factor of the face's size, within 0.5...2.
        case scale
        /// The shift to the right and, drawn independently, down, as a share of the side, within −0.5...0.5.
        case shift
        /// The factor of all colors, within 0.1...4.
        case brightness
        /// The factor of the distance from the mean, within 0...4.
        case contrast
        /// The factor of the distance from gray, within 0...4.
        case saturation
        /// The rotation of the hue in degrees, within −180...180.
        case hue
        /// The reduction of light in stops, with the resulting noise, within 0...10.
        case darkness
        /// The standard deviation of a Gaussian blur, in pixels, within 0.1...20.
        case blur
        /// The length of a straight camera movement, in pixels, within 1...50.
        case motion
        /// The factor by which the picture is shrunk and enlarged again, within 1...16.
        case downscale
        /// The standard deviation of normal noise, in gray levels, within 0...100.
        case noise
        /// The JPEG quality, within 1...100.
        case jpeg
        /// The side of squares of one color, as of a face made unrecognizable on television, in pixels, within 1...50.
        case pixelation
        /// The number of levels of each color, within 2...256.
        case posterization

        /// The range of valid strengths; `nil` if the kind has no strength.
        public var limits: Span? {
            switch self {
            case .mask, .occluder, .flip: nil
            case .rotation, .hue: Span(-180, 180)
            case .scale: Span(0.5, 2)
            case .shift: Span(-0.5, 0.5)
            case .brightness: Span(0.1, 4)
            case .contrast, .saturation: Span(0, 4)
            case .darkness: Span(0, 10)
            case .blur: Span(0.1, 20)
            case .motion: Span(1, 50)
            case .downscale: Span(1, 16)
            case .noise: Span(0, 100)
            case .jpeg: Span(1, 100)
            case .pixelation: Span(1, 50)
            case .posterization: Span(2, 256)
            }
        }
    }

    /// One alteration.
    public struct Step: Hashable, Sendable {
        /// The kind of alteration.
        public let kind: Kind
        /// The probability, 0...1.
        public let probability: Float
        /// The range of strengths; `nil` for a kind without a strength.
        public let range: Span?

        /// Creates a step.
        ///
        /// If the kind has limits, the step has a range, which must lie within them.
        public init(_ kind: Kind, probability: Float, range: Span? = nil) {
            precondition((0...1).contains(probability), "a probability is 0...1")
            precondition((range == nil) == (kind.limits == nil), "\(kind) needs a range if it has limits")
            if let range, let limits = kind.limits { precondition(range.isInside(limits), "\(kind) within its limits") }
            self.kind = kind
            self.probability = probability
            self.range = range
        }
    }

    /// The alterations, each kind at most once.
    public let steps: [Step]

    /// Creates a policy of `steps`; each kind may occur at most once.
    public init(_ steps: [Step]) {
        precondition(Set(steps.map(\.kind)).count == steps.count, "each kind occurs once")
        self.steps = steps
    }

    /// The policy that alters nothing.
    public static let none = AugmentationPolicy([])

    /// The policy for training on faces: mild, with all camera effects, and masks on three faces in ten.
    public static let standard = AugmentationPolicy([
        Step(.mask, probability: 0.3), Step(.occluder, probability: 0.08), Step(.flip, probability: 0.5),
        Step(.rotation, probability: 0.6, range: Span(-10, 10)),
        Step(.scale, probability: 0.6, range: Span(0.92, 1.1)),
        Step(.shift, probability: 0.6, range: Span(-0.04, 0.04)),
        Step(.brightness, probability: 0.4, range: Span(0.7, 1.35)),
        Step(.contrast, probability: 0.4, range: Span(0.7, 1.3)),
        Step(.saturation, probability: 0.3, range: Span(0.3, 1.5)), Step(.hue, probability: 0.2, range: Span(-12, 12)),
        Step(.darkness, probability: 0.1, range: Span(1, 5)), Step(.blur, probability: 0.1, range: Span(0.5, 2)),
        Step(.motion, probability: 0.05, range: Span(3, 8)), Step(.downscale, probability: 0.12, range: Span(1.5, 4)),
        Step(.noise, probability: 0.12, range: Span(2, 12)), Step(.jpeg, probability: 0.2, range: Span(25, 90)),
    ])

    /// Reads a policy from a JSON file.
    ///
    /// - Throws: ``AugmentationError``, which names the field that is wrong.
    public init(contentsOf file: URL) throws {
        guard let data = try? Data(contentsOf: file) else { throw AugmentationError.unreadable(file.path) }
        do {
            self = try JSONDecoder().decode(AugmentationPolicy.self, from: data)
        } catch {
            throw AugmentationError.badPolicy(
                file.path, reason: Reason.text(of: error, decoding: Self.self, from: data))
        }
    }

    /// Creates a policy from `{"steps": […]}`.
    public init(from decoder: any Decoder) throws {
        try decoder.refuseOtherFields(than: CodingKeys.allCases)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        steps = try container.decode([Step].self, forKey: .steps)
        var seen: Set<Kind> = []
        for step in steps where !seen.insert(step.kind).inserted {
            throw DecodingError.dataCorruptedError(
                forKey: .steps, in: container, debugDescription: "'\(step.kind.rawValue)' occurs twice")
        }
    }

    private enum CodingKeys: String, CodingKey, CaseIterable { case steps }
}

extension AugmentationPolicy.Step: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable { case kind, probability, range }

    /// Creates a step and checks its numbers.
    public init(from decoder: any Decoder) throws {
        try decoder.refuseOtherFields(than: CodingKeys.allCases)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func fault(_ key: CodingKeys, _ message: String) -> DecodingError {
            .dataCorruptedError(forKey: key, in: container, debugDescription: message)
        }
        let name = try container.decode(String.self, forKey: .kind)
        guard let kind = AugmentationPolicy.Kind(rawValue: name) else {
            let known = AugmentationPolicy.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw fault(.kind, "'\(name)' is not one of \(known)")
        }
        let probability = try container.decode(Float.self, forKey: .probability)
        guard (0...1).contains(probability) else { throw fault(.probability, "\(probability) is not within 0 to 1") }
        if kind.limits == nil, container.contains(.range) { throw fault(.range, "'\(name)' takes no range") }
        let range = try container.decodeIfPresent(Span.self, forKey: .range)
        switch (kind.limits, range) {
        case (.some(let limits), nil): throw fault(.range, "'\(name)' needs a range within \(limits.text)")
        case (.some(let limits), .some(let range)) where !range.isInside(limits):
            throw fault(.range, "it is not within \(limits.text)")
        default: break
        }
        self.init(kind, probability: probability, range: range)
    }
}
