import LikenessCommand
import LikenessRecords
import Measurements

extension GeneratedFaceRecord {
    /// Creates the record of a generator's effect on one face.
    init(_ effect: GeneratedEffect) {
        self.init(
            maskProbabilityBefore: effect.maskProbabilityBefore, maskProbabilityAfter: effect.maskProbabilityAfter,
            lowerFaceChange: effect.lowerFaceChange)
    }
}
