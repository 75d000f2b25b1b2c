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
        /// The share of marked faces that it finds; `nil` if none are marked.
        var marked: MarkedFaceFigures?
    }

    var detectors: [Detector]
    var pictures: Int
    var overlap: Float
    var enhancement: String
    var failedImages: Int
    var failures: [PairsReport.FailedImage]
    /// The remarks on pictures that could be read; `nil` if there are none.
    var remarks: [PictureNotes.Remarked]?

    init(_ result: DetectorsEvaluation.Result, enhancement: FaceFinderConfiguration.Enhancement) {
        self.enhancement = enhancement.rawValue
        let (comparison, notes) = (result.comparison, result.notes)
        detectors = comparison.figures.indices.map { index in
            let figures = comparison.figures[index]
            return Detector(
                detector: figures.detector, precision: result.precisions[index],
                picturesWithoutFace: figures.picturesWithoutFace, boxes: figures.boxes,
                unconfirmed: figures.unconfirmed, missed: figures.missed,
                milliseconds: result.times[index].map(Times.init),
                marked: result.marked.isEmpty ? nil : result.marked[index])
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
        let isMarked = detectors.contains { $0.marked != nil }
        return [heading + (isMarked ? Self.markedHeading : [])]
            + detectors.map { one in
                [
                    one.detector, one.precision, "\(one.picturesWithoutFace)", "\(one.boxes)", "\(one.unconfirmed)",
                    "\(one.missed)",
                ] + one.milliseconds.map { decimal(Float($0.median), 1) } + (one.marked.map(Self.markedFields) ?? [])
            }
    }

    /// The result as text for people.
    var table: String {
        var table = TextTable(columns: rows[0])
        for row in rows.dropFirst() { table.append(row) }
        return
            "\(counted(pictures, "picture")), enhancement \(enhancement); boxes with an IoU of \(overlap) or more are one face\n"
            + table.text + detectors.compactMap { one in one.marked.map { Self.curve(of: one.detector, $0) } }.joined()
            + failures.map { "\($0.image): \($0.reason)\n" }.joined()
    }
}
