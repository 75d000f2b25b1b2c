public import Pixels

/// The light on the middle of a face: from the brows to below the mouth, and from temple to temple.
///
/// The square that ``ContextVector`` measures also holds hair, background, and black beyond the picture. It says how
/// dark the square is, but not whether the face was well lit.
public struct FaceExposure: Hashable, Codable, Sendable {
    /// The mean luminance, 0...1.
    public var intensity: Float
    /// The share darker than a tenth of the range, 0...1.
    public var underexposed: Float
    /// The share brighter than 96 % of the range, 0...1.
    public var overexposed: Float

    /// Creates an exposure from its parts.
    public init(intensity: Float, underexposed: Float, overexposed: Float) {
        (self.intensity, self.underexposed, self.overexposed) = (intensity, underexposed, overexposed)
    }

    /// Measures `face` in a part of its picture, at any reduction.
    ///
    /// `face` is in the full picture's pixels.
    ///
    /// - Throws: ``FaceError/degenerateLandmarks`` if the landmarks coincide.
    public init(of face: Face, in part: ScaledImage) throws {
        let crop = try face.crop(of: part, ContextVector.template)
        let light = Luminance(of: crop.cropped(to: Face.middle))
        self.init(intensity: light.mean, underexposed: light.underexposed, overexposed: light.overexposed)
    }
}

extension Face {
    /// The middle of a face in ArcFace's square of 112 pixels.
    static let middle = Box(x: 24, y: 32, width: 64, height: 72)
}
