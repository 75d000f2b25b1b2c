import Evaluation
import Recognition

/// What `evaluate detectors` prints.
struct DetectorsRecord {
    /// A size at which detection was timed.
    struct Times {
        var width: Int
        var height: Int
        /// The middle one of the pictures', and the least.
        var median: Double
        var fastest: Double
        var pictures: Int

        init(_ size: TimedSize, milliseconds: [Double]) {
            let sorted = milliseconds.sorted()
            width = size.width
            height = size.height
            median = sorted.isEmpty ? 0 : sorted[sorted.count / 2]
            fastest = sorted.first ?? 0
            pictures = sorted.count
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
    /// What was missing in pictures that could be read; absent where nothing was.
    var remarks: [PictureNotes.Remarked]?

    /// - Parameters:
    ///   - comparison: The figures.
    ///   - precisions: What each detector ran in.
    ///   - times: Each detector's times, by size.
    ///   - notes: Pictures that could not be read, which are not compared, and what was missing in others.
    init(_ comparison: DetectorComparison, precisions: [String], times: [[Times]], notes: PictureNotes) {
        detectors = comparison.figures.indices.map { index in
            let figures = comparison.figures[index]
            return Detector(
                detector: figures.detector, precision: precisions[index],
                picturesWithoutFace: figures.picturesWithoutFace, boxes: figures.boxes,
                unconfirmed: figures.unconfirmed, missed: figures.missed, milliseconds: times[index])
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

    /// For people.
    var table: String {
        var table = TextTable(columns: rows[0])
        for row in rows.dropFirst() { table.append(row) }
        return
            "\(counted(pictures, "picture")), one look each, no enhancement; boxes are of one face from an IoU of \(overlap) on\n"
            + table.text + failures.map { "\($0.image): \($0.reason)\n" }.joined()
    }
}
