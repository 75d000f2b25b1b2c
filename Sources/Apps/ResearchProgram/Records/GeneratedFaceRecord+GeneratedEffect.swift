import LikenessCommand
import LikenessRecords
import Measurements

extension GeneratedFaceRecord {
    /// How well a generator did at one face.
    init(_ effect: GeneratedEffect) {
        self.init(
            maskProbabilityBefore: effect.maskProbabilityBefore, maskProbabilityAfter: effect.maskProbabilityAfter,
            lowerFaceChange: effect.lowerFaceChange)
    }
}
