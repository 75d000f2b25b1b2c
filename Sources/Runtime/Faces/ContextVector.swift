public import Pixels

/// How a face was seen, in twelve numbers (Karamizadeh et al., *Combining MTCNN and Enhanced FaceNet with Adaptive
/// Feature Fusion*, 2025, section 3), and whether it looks like a child's: what a decision should know beside the
/// embedding.
public struct ContextVector: Hashable, Codable, Sendable {
    /// The meaning of the numbers; a model trained with a context pins it.
    public static let version = 1

    /// Degrees about the vertical axis; positive where the face looks to the image's right. Estimated from five
    /// landmarks: good to about 10 degrees.
    public var yaw: Float
    /// Degrees about the horizontal axis; positive where the face looks up. As rough as ``yaw``, and shifted by the
    /// person's own proportions.
    public var pitch: Float
    /// Degrees in the image plane; positive where the head leans clockwise as seen.
    public var roll: Float
    /// Mean luminance of the aligned face, 0...1.
    public var intensity: Float
    /// Standard deviation of the luminance, 0...0.5.
    public var contrast: Float
    /// (right − left) / (right + left) of the mean luminance of the aligned face's halves, −1...1.
    public var illuminationDifference: Float
    /// Share of the aligned face darker than a tenth of the range, 0...1.
    public var underexposed: Float
    /// Share of the aligned face brighter than 96 % of the range, 0...1.
    public var overexposed: Float
    /// Standard deviation of the Laplacian of the luminance at 112 × 112, in gray levels of 255: a sharp portrait has
    /// about 15 to 40, a face enlarged from 30 pixels under 6.
    public var sharpness: Float
    /// Square root of the box's area, in pixels of the picture.
    public var size: Float
    /// The detector's confidence, 0...1.
    public var confidence: Float
    /// Probability that the face wears a mask, 0...1; `nil` is 'unknown'.
    public var maskProbability: Float?
    /// Probability that the person looks like a child, up to about 13 years old, 0...1; `nil` is 'unknown'. It stands
    /// beside the twelve numbers: it is none of ``values``, and no network takes it.
    public var childProbability: Float?

    /// The names of ``values``, in their order: also those of the JSON output.
    public static let names = [
        "yaw", "pitch", "roll", "intensity", "contrast", "illuminationDifference", "underexposed", "overexposed",
        "sharpness", "size", "confidence", "maskProbability",
    ]

    /// What stands for an unknown mask probability in ``values``.
    public static let unknownMaskProbability: Float = -1

    /// The twelve numbers in the order of ``names``.
    public var values: [Float] {
        [
            yaw, pitch, roll, intensity, contrast, illuminationDifference, underexposed, overexposed, sharpness, size,
            confidence, maskProbability ?? Self.unknownMaskProbability,
        ]
    }

    /// Whether all numbers, the probability of a child too where it is known, are finite.
    public var isFinite: Bool { values.allSatisfy(\.isFinite) && (childProbability ?? 0).isFinite }

    /// The context of the mirrored face: what has a side changes it.
    public var mirrored: ContextVector {
        var context = self
        context.yaw = -yaw
        context.roll = -roll
        context.illuminationDifference = -illuminationDifference
        return context
    }
}

extension ContextVector {
    /// Creates the context of twelve numbers in the order of ``names``, of a person of unknown age; `nil` if there are
    /// not as many.
    public init?(values: [Float]) {
        guard values.count == Self.names.count else { return nil }
        self.init(
            yaw: values[0], pitch: values[1], roll: values[2], intensity: values[3], contrast: values[4],
            illuminationDifference: values[5], underexposed: values[6], overexposed: values[7], sharpness: values[8],
            size: values[9], confidence: values[10],
            maskProbability: values[11] == Self.unknownMaskProbability ? nil : values[11])
    }

    /// Measures `face` in `image` on a 112 × 112 crop aligned to ArcFace's template, whatever the embedder's own is.
    ///
    /// - Throws: ``FaceError/degenerateLandmarks`` if the landmarks coincide.
    public init(of face: Face, in image: Image) throws {
        let template = Self.template
        let crop = image.warped(by: try face.transform(to: template), width: template.size, height: template.size)
        self.init(of: face, crop: crop)
    }

    /// What a face is aligned to before it is measured.
    static let template = AlignmentTemplate.arcface(size: 112)

    /// Measures a face whose crop, aligned to ``template``, is at hand.
    init(of face: Face, crop: Image) {
        let luminance = Luminance(of: crop)
        let pose = HeadPose(of: face.landmarks)
        self.init(
            yaw: pose.yaw, pitch: pose.pitch, roll: pose.roll, intensity: luminance.mean,
            contrast: luminance.deviation, illuminationDifference: luminance.sideDifference,
            underexposed: luminance.underexposed, overexposed: luminance.overexposed, sharpness: luminance.sharpness,
            size: face.box.area.squareRoot(), confidence: face.confidence, maskProbability: nil)
    }
}
