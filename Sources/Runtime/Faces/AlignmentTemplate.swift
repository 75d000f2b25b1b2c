public import Pixels

/// An alignment of a face to the square that a model was trained on.
///
/// ```swift
/// let template = AlignmentTemplate.arcface(size: 112)
/// let aligned = try face.aligned(in: image, to: template)   // 112 × 112 pixels, eyes level
/// print(aligned.image.width, AlignmentTemplate(template.description) == template)
/// ```
public enum AlignmentTemplate: Hashable, Sendable, LosslessStringConvertible {
    /// Aligns the five landmarks to ArcFace's reference points, defined for 112 × 112 and scaled to `size`.
    ///
    /// Deng et al., *ArcFace*, 2019 (arXiv:1801.07698); the points are those of InsightFace's alignment.
    case arcface(size: Int)
    /// Aligns the five landmarks to ArcFace's reference points, scaled about the square's middle by `1 / (1 + margin)`.
    ///
    /// More of the head is visible. FaceNet models were trained on such loose crops.
    case loose(size: Int, margin: Float)
    /// Takes the detector's box, made square, enlarged by `margin` of its side in total, and resized, without rotation.
    ///
    /// This is FaceNet's own preparation (Schroff et al., 2015, arXiv:1503.03832).
    case box(size: Int, margin: Float)

    /// The valid sides of a template, in pixels.
    ///
    /// A larger side means that the card is damaged.
    public static let sizes = 1...4096

    /// The side of the aligned square, in pixels.
    public var size: Int {
        switch self {
        case .arcface(let size), .loose(let size, _), .box(let size, _): size
        }
    }

    /// The template as text: `arcface-112`, `loose-160-0.3`, `box-160-0.3`.
    public var description: String {
        switch self {
        case .arcface(let size): "arcface-\(size)"
        case .loose(let size, let margin): "loose-\(size)-\(margin)"
        case .box(let size, let margin): "box-\(size)-\(margin)"
        }
    }

    /// ArcFace's reference points in a square of 112 pixels.
    static let arcfacePoints: [Point] = [
        Point(x: 38.2946, y: 51.6963), Point(x: 73.5318, y: 51.5014), Point(x: 56.0252, y: 71.7366),
        Point(x: 41.5493, y: 92.3655), Point(x: 70.7299, y: 92.2041),
    ]

    /// The places of the five landmarks in the square; `nil` for ``box(size:margin:)``, which does not use them.
    public var referencePoints: [Point]? {
        switch self {
        case .arcface(let size):
            let scale = Float(size) / 112
            return Self.arcfacePoints.map { Point(x: $0.x * scale, y: $0.y * scale) }
        case .loose(let size, let margin):
            let shrink = Float(size) / 112 / (1 + margin)
            let middle = Float(size) / 2
            return Self.arcfacePoints.map {
                Point(x: ($0.x - 56) * shrink + middle, y: ($0.y - 56) * shrink + middle)
            }
        case .box:
            return nil
        }
    }
}

extension AlignmentTemplate {
    /// Creates a template from its ``description``.
    ///
    /// The result is `nil` for any other text, for a side outside ``sizes``, and for a margin that is not greater than
    /// −0.5 or is greater than 10.
    public init?(_ description: String) {
        let parts = description.split(separator: "-", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2, let size = Int(parts[1]), Self.sizes.contains(size) else { return nil }
        switch (parts[0], parts.count) {
        case ("arcface", 2):
            self = .arcface(size: size)
        case ("loose", 3), ("box", 3):
            guard let margin = Float(parts[2]), margin > -0.5, margin <= 10 else { return nil }
            self = parts[0] == "box" ? .box(size: size, margin: margin) : .loose(size: size, margin: margin)
        default:
            return nil
        }
    }
}

extension AlignmentTemplate: Codable {
    /// Creates a template from the encoded ``description``.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let template = AlignmentTemplate(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is not an alignment template such as arcface-112")
        }
        self = template
    }

    /// Encodes the ``description``.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
