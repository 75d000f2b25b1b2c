public import Faces
public import LikenessRecords

extension MatchCalibrationRecord {
    /// Creates the record of a model's thresholds and error rates.
    public init(_ calibration: MatchCalibration) {
        self.init(
            points: calibration.points.map {
                Point(
                    falseMatchRate: $0.falseMatchRate, threshold: $0.threshold, falseNonMatchRate: $0.falseNonMatchRate)
            },
            data: calibration.data, people: calibration.people, pictures: calibration.pictures,
            impostorPairs: calibration.impostorPairs, peoplePairs: calibration.peoplePairs,
            matedPairs: calibration.matedPairs, conditions: calibration.conditions, remark: calibration.remark,
            command: calibration.command)
    }
}
