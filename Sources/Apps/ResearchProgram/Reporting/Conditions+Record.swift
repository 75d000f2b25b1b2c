import LikenessCommand
import LikenessRecords
import Measurements

/// Figures that programs get together with the conditions of their measurement.
protocol EvaluationReport {
    associatedtype Record: Encodable

    /// The record that is printed.
    func record(under conditions: ConditionsRecord) -> Record
}

extension ConditionsRecord {
    /// What ran, and the pictures that were left out.
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
    /// What was missing in a picture's file.
    init(_ remark: PictureNotes.Remarked) {
        self.init(image: remark.image, code: remark.code, message: remark.message)
    }
}
