import LikenessCommand
import LikenessRecords
import Measurements

/// A result that is printed for programs together with the conditions of its measurement.
protocol EvaluationReport {
    associatedtype Record: Encodable

    /// Returns the record to print.
    func record(under conditions: ConditionsRecord) -> Record
}

extension ConditionsRecord {
    /// Creates the record of the conditions.
    init(_ conditions: Conditions) {
        self.init(
            model: conditions.model, detector: conditions.detector, precision: conditions.precision,
            enhancement: conditions.enhancement, mirrored: conditions.mirrored, face: conditions.face,
            unreadableImages: conditions.unreadableImages,
            unreadable: conditions.unreadable?.map { FailedImageRecord($0) }, leftOutPairs: conditions.leftOutPairs,
            remarks: conditions.remarks?.map { RemarkedImageRecord($0) })
    }
}

extension RemarkedImageRecord {
    /// Creates the record of a remark on a picture's file.
    init(_ remark: PictureNotes.Remarked) {
        self.init(image: remark.image, code: remark.code, message: remark.message)
    }
}
