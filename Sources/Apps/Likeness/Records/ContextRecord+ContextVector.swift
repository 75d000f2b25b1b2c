public import Faces
public import LikenessRecords

extension ContextRecord {
    /// Creates the record of the conditions under which a face is seen.
    public init(_ context: ContextVector) {
        self.init(
            yaw: context.yaw, pitch: context.pitch, roll: context.roll, intensity: context.intensity,
            contrast: context.contrast, illuminationDifference: context.illuminationDifference,
            underexposed: context.underexposed, overexposed: context.overexposed, sharpness: context.sharpness,
            size: context.size, confidence: context.confidence, maskProbability: context.maskProbability,
            childProbability: context.childProbability, quality: context.quality)
    }
}
