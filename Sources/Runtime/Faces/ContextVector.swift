public import Pixels

/// The conditions under which a face was seen, in twelve numbers, whether it looks like a child's, and how usable it
/// is.
///
/// The numbers follow Karamizadeh et al., *Combining MTCNN and Enhanced FaceNet with Adaptive Feature Fusion*, 2025,
/// section 3. Decisions use them together with the embedding.
///
/// ```swift
/// let context = try ContextVector(of: face, in: image)
/// if abs(context.yaw) > 30 { print("the face is turned by about \(Int(context.yaw)) degrees") }
/// if context.sharpness < 6 { print("the face is blurred") }
/// for (name, value) in zip(ContextVector.names, context.values) { print(name, value) }
/// ```
public struct ContextVector: Hashable, Codable, Sendable {
    /// The version of the definition of the numbers.
    ///
    /// A model trained with a context requires it.
    public static let version = 1

    /// The rotation about the vertical axis, in degrees; positive if the face looks to the image's right.
    ///
    /// Estimated from five landmarks, with an error of about 10 degrees.
    public var yaw: Float
    /// The rotation about the horizontal axis, in degrees; positive if the face looks up.
    ///
    /// It is as inexact as ``yaw``, and shifted by the person's own proportions.
    public var pitch: Float
    /// The rotation in the image plane, in degrees; positive if the head leans clockwise as seen.
    public var roll: Float
    /// The mean luminance of the aligned face, 0...1.
    public var intensity: Float
    /// The standard deviation of the luminance, 0...0.5.
    public var contrast: Float
    /// The difference between the mean luminance of the aligned face's halves, (right − left) / (right + left), −1...1.
    public var illuminationDifference: Float
    /// The share of the aligned face that is darker than a tenth of the range, 0...1.
    public var underexposed: Float
    /// The share of the aligned face that is brighter than 96 % of the range, 0...1.
    public var overexposed: Float
    /// The standard deviation of the Laplacian of the luminance at 112 × 112, in gray levels of 255.
    ///
    /// A sharp portrait has about 15 to 40, a face enlarged from 30 pixels under 6.
    public var sharpness: Float
    /// The square root of the box's area, in pixels of the picture.
    public var size: Float
    /// The detector's confidence, 0...1.
    public var confidence: Float
    /// The probability that the face wears a mask, 0...1; `nil` if unknown.
    public var maskProbability: Float?
    /// The probability that the person looks like a child, up to about 13 years old, 0...1; `nil` if unknown.
    ///
    /// It is not one of the twelve numbers: it is not part of ``values``, and no network takes it.
    public var childProbability: Float?
    /// How usable the face is for recognition, 0...1; `nil` if unknown.
    ///
    /// It is the expected cosine between the face's embedding and the mean of those of the person's other pictures,
    /// estimated by a network from the crop alone (``FaceQualityEstimator``). The installed network learned it from
    /// SFace's embeddings; for other models it orders faces too, but their cosines differ. It is not one of the twelve
    /// numbers either.
    public var quality: Float?

    /// The names of ``values``, in their order.
    ///
    /// The JSON output uses them too.
    public static let names = [
        "yaw", "pitch", "roll", "intensity", "contrast", "illuminationDifference", "underexposed", "overexposed",
        "sharpness", "size", "confidence", "maskProbability",
    ]

    /// The number for an unknown mask probability in ``values``.
    public static let unknownMaskProbability: Float = -1

    /// The twelve numbers in the order of ``names``.
    public var values: [Float] {
        [
            yaw, pitch, roll, intensity, contrast, illuminationDifference, underexposed, overexposed, sharpness, size,
            confidence, maskProbability ?? Self.unknownMaskProbability,
        ]
    }

    /// Whether all numbers are finite, including the child probability and the quality if known.
    public var isFinite: Bool {
        values.allSatisfy(\.isFinite) && (childProbability ?? 0).isFinite && (quality ?? 0).isFinite
    }

    /// The name of the first number that can't have been measured, because it is not finite, or is not within 0...1 for a
    /// share, a probability, a confidence or a quality; `nil` if there is none.
    ///
    /// Check a context that comes from outside, such as from a file.
    public var impossibleNumber: String? {
        if let place = values.firstIndex(where: { !$0.isFinite }) { return Self.names[place] }
        let shares: [(name: String, value: Float?)] = [
            ("intensity", intensity), ("underexposed", underexposed), ("overexposed", overexposed),
            ("confidence", confidence), ("maskProbability", maskProbability), ("childProbability", childProbability),
            ("quality", quality),
        ]
        return shares.first { share in share.value.map { !(0...1).contains($0) } ?? false }?.name
    }

    /// The context of the mirrored face: the numbers that depend on left and right change their sign.
    public var mirrored: ContextVector {
        var context = self
        context.yaw = -yaw
        context.roll = -roll
        context.illuminationDifference = -illuminationDifference
        return context
    }
}

extension ContextVector {
    /// Creates a context from twelve numbers in the order of ``names``, with an unknown child probability and quality;
    /// `nil` for another count.
    public init?(values: [Float]) {
        guard values.count == Self.names.count else { return nil }
        self.init(
            yaw: values[0], pitch: values[1], roll: values[2], intensity: values[3], contrast: values[4],
            illuminationDifference: values[5], underexposed: values[6], overexposed: values[7], sharpness: values[8],
            size: values[9], confidence: values[10],
            maskProbability: values[11] == Self.unknownMaskProbability ? nil : values[11])
    }

    /// Measures `face` in `image` on a 112 × 112 crop that is aligned to ArcFace's template, whatever template the
    /// embedder uses.
    ///
    /// - Throws: ``FaceError/degenerateLandmarks`` if the landmarks coincide.
    public init(of face: Face, in image: Image) throws {
        let template = Self.template
        let crop = image.warped(by: try face.transform(to: template), width: template.size, height: template.size)
        self.init(of: face, crop: crop)
    }

    /// The template of the measured crop.
    static let template = AlignmentTemplate.arcface(size: 112)

    /// Measures a face from its crop, aligned to ``template``.
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
