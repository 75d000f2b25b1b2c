import LikenessCommand
import LikenessRecords
import Measurements

extension DetectorsEvaluationRecord {
    /// Creates the record of a comparison of detectors.
    init(_ record: DetectorsRecord) {
        self.init(
            detectors: record.detectors.map { Detector($0) }, pictures: record.pictures, overlap: record.overlap,
            enhancement: record.enhancement, failedImages: record.failedImages,
            failures: record.failures.map { FailedImageRecord($0) },
            remarks: record.remarks?.map { RemarkedImageRecord($0) })
    }
}

extension DetectorsEvaluationRecord.Detector {
    fileprivate init(_ detector: DetectorsRecord.Detector) {
        self.init(
            detector: detector.detector, precision: detector.precision,
            picturesWithoutFace: detector.picturesWithoutFace, boxes: detector.boxes,
            unconfirmed: detector.unconfirmed, missed: detector.missed,
            milliseconds: detector.milliseconds.map {
                DetectorsEvaluationRecord.Times(
                    width: $0.width, height: $0.height, median: $0.median, fastest: $0.fastest, pictures: $0.pictures)
            },
            marked: detector.marked.map { figures in
                figures.curve.map { DetectorsEvaluationRecord.Recall($0) }
                    + figures.bySize.map { DetectorsEvaluationRecord.Recall($0.point, sizes: $0.sizes) }
            })
    }
}

extension DetectorsEvaluationRecord.Recall {
    fileprivate init(_ point: MarkedFaceFigures.Point, sizes: Range<Float>? = nil) {
        let most = sizes.map { Double($0.upperBound) }
        self.init(
            allowed: point.allowed, falsePerPicture: point.falsePerPicture,
            smallest: sizes.map { Double($0.lowerBound) }, largest: most.flatMap { $0.isFinite ? $0 : nil },
            faces: point.recall.faces, found: point.recall.found,
            interval: IntervalRecord(low: point.recall.low, high: point.recall.high))
    }
}
