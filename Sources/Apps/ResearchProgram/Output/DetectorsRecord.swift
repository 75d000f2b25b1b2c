import Evaluation
import LikenessCommand
import LikenessSupport
import Measurements
import Recognition

/// The result of `evaluate detectors`.
struct DetectorsRecord {
    /// The times of detection at one picture size.
    struct Times {
        var width: Int
        var height: Int
        /// The median over the pictures, in milliseconds.
        var median: Double
        /// The shortest time, in milliseconds.
        var fastest: Double
        var pictures: Int

        init(_ times: DetectorsEvaluation.Times) {
            (width, height) = (times.size.width, times.size.height)
            (median, fastest, pictures) = (times.median, times.fastest, times.pictures)
        }
    }

    struct Detector {
        var detector: String
        var precision: String
        var picturesWithoutFace: Int
        var boxes: Int
        var unconfirmed: Int
        var missed: Int
        var milliseconds: [Times]
    }

    var detectors: [Detector]
    var pictures: Int
    var overlap: Float
    var enhancement = "off"
    var failedImages: Int
    var failures: [PairsReport.FailedImage]
    /// The remarks on pictures that could be read; `nil` if there are none.
    var remarks: [PictureNotes.Remarked]?

    init(_ result: DetectorsEvaluation.Result) {
        let (comparison, notes) = (result.comparison, result.notes)
        detectors = comparison.figures.indices.map { index in
            let figures = comparison.figures[index]
            return Detector(
                detector: figures.detector, precision: result.precisions[index],
                picturesWithoutFace: figures.picturesWithoutFace, boxes: figures.boxes,
                unconfirmed: figures.unconfirmed, missed: figures.missed,
                milliseconds: result.times[index].map(Times.init))
        }
        pictures = comparison.pictures
        overlap = comparison.overlap
        failedImages = notes.unreadable.count
        failures = notes.unreadable
        remarks = notes.remarks.isEmpty ? nil : notes.remarks
    }

    /// The heading and a row for each detector.
    var rows: [[String]] {
        let sizes = detectors.first?.milliseconds ?? []
        let heading =
            ["detector", "precision", "no face", "boxes", "unconfirmed", "missed"]
            + sizes.map { "ms at \($0.width)x\($0.height)" }
        return [heading]
            + detectors.map { one in
                [
                    one.detector, one.precision, "\(one.picturesWithoutFace)", "\(one.boxes)", "\(one.unconfirmed)",
                    "\(one.missed)",
                ] + one.milliseconds.map { decimal(Float($0.median), 1) }
            }
    }

    /// The result as text for people.
    var table: String {
        var table = TextTable(columns: rows[0])
        for row in rows.dropFirst() { table.append(row) }
        return
            "\(counted(pictures, "picture")), no enhancement; boxes with an IoU of \(overlap) or more are one face\n"
            + table.text + failures.map { "\($0.image): \($0.reason)\n" }.joined()
    }
}
