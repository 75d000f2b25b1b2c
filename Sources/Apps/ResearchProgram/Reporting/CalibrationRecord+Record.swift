import Likeness
import LikenessCommand
import LikenessRecords

extension CardCalibrationRecord {
    /// Creates the record of a calibration.
    init(_ record: CalibrationRecord) {
        self.init(
            model: record.model, calibration: MatchCalibrationRecord(record.calibration),
            thresholds: AdaptiveThresholdsRecord(record.thresholds),
            probability: ProbabilityCalibrationRecord(record.probability), mislabelled: record.mislabelled,
            heldOut: HeldOut(record.heldOut))
    }
}
