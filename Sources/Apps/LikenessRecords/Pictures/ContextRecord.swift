/// The conditions under which a face was seen: pose, light, sharpness, size, and properties that can make comparisons
/// less reliable.
public struct ContextRecord: Codable, Hashable, Sendable {
    /// The rotation about the vertical axis, in degrees; positive if the face looks to the picture's right. Accurate to
    /// about 10 degrees.
    public var yaw: Float
    /// The rotation about the horizontal axis, in degrees; positive if the face looks up. As inaccurate as ``yaw``.
    public var pitch: Float
    /// The rotation in the picture's plane, in degrees; positive if the head leans clockwise as seen.
    public var roll: Float
    /// The mean luminance of the face, 0 to 1.
    public var intensity: Float
    /// The standard deviation of the luminance, 0 to 0.5.
    public var contrast: Float
    /// (right − left) / (right + left) of the mean luminance of the two halves, −1 to 1.
    public var illuminationDifference: Float
    /// The share of the face that is darker than a tenth of the range, 0 to 1.
    public var underexposed: Float
    /// The share of the face that is brighter than 96 % of the range, 0 to 1.
    public var overexposed: Float
    /// The standard deviation of the Laplacian of the luminance, in gray levels of 255. A sharp portrait has about 15
    /// to 40.
    public var sharpness: Float
    /// The square root of the box's area, in pixels of the picture.
    public var size: Float
    /// The detector's confidence, 0 to 1.
    public var confidence: Float
    /// The probability that the face wears a mask, 0 to 1; `null` with `--no-masks`, and if no mask classifier is
    /// installed.
    @Nullable public var maskProbability: Float?
    /// The probability that the person is at most about 13 years old, judged by appearance, 0 to 1; `null` with
    /// `--no-ages`, and if no age classifier is installed.
    @Nullable public var childProbability: Float?
    /// How usable the face is for recognition, 0 to 1: the expected cosine between SFace's embedding of it and the mean
    /// of those of the person's other pictures. `null` with `--no-quality`, and if no quality network is installed.
    @Nullable public var quality: Float?

    /// Creates a record from its parts.
    public init(
        yaw: Float, pitch: Float, roll: Float, intensity: Float, contrast: Float, illuminationDifference: Float,
        underexposed: Float, overexposed: Float, sharpness: Float, size: Float, confidence: Float,
        maskProbability: Float? = nil, childProbability: Float? = nil,
        quality: Float? = nil
    ) {
        self.yaw = yaw
        self.pitch = pitch
        self.roll = roll
        self.intensity = intensity
        self.contrast = contrast
        self.illuminationDifference = illuminationDifference
        self.underexposed = underexposed
        self.overexposed = overexposed
        self.sharpness = sharpness
        self.size = size
        self.confidence = confidence
        self.maskProbability = maskProbability
        self.childProbability = childProbability
        self.quality = quality
    }
}
