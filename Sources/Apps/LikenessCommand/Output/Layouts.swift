import Faces
import Foundation
package import LikenessRecords
import LikenessSupport
import Pixels

extension Layout<PictureRecord> {
    /// One row for each face, with its position and its quality.
    package static let faces = Layout(
        columns: [
            "image", "face", "x", "y", "width", "height", "confidence", "yaw", "pitch", "roll", "sharpness",
            "quality", "enhancement", "turned", "error",
        ],
        rows: { record in
            record.rows(failure: Array(repeating: "", count: 12)) { face in
                let context = face.context
                return [
                    decimal(face.box.x, 1), decimal(face.box.y, 1), decimal(face.box.width, 1),
                    decimal(face.box.height, 1), decimal(face.confidence, 3), decimal(context.yaw, 0),
                    decimal(context.pitch, 0), decimal(context.roll, 0), decimal(context.sharpness, 1),
                    decimal(context.quality, 2), record.enhancement ?? "",
                    String(face.look?.turned ?? 0),
                ]
            }
        })

    /// One row for each face, with the identified person.
    package static let identities = Layout(
        columns: [
            "image", "face", "identity", "similarity", "margin", "nearest", "threshold", "probability", "condition",
            "confidence", "quality", "turned", "error",
        ],
        rows: { record in
            record.rows(failure: Array(repeating: "", count: 10)) { face in
                let found = face.identification
                return [
                    found?.identity?.name ?? "unknown", decimal(found?.similarity, 3), decimal(found?.margin, 3),
                    found?.nearest?.name ?? "-", decimal(found?.threshold, 3),
                    found?.probability.map(percentage) ?? "-", found?.condition ?? "-",
                    decimal(face.confidence, 3), decimal(face.context.quality, 2), String(face.look?.turned ?? 0),
                ]
            }
        },
        csv: Layout(
            columns: [
                "image", "face", "identity", "similarity", "margin", "nearest", "threshold", "probability", "condition",
                "confidence", "error", "identity id", "nearest id", "false match rate", "remark", "turned",
                "quality",
            ],
            rows: { record in
                func number<Number>(_ value: Number?) -> String { value.map { "\($0)" } ?? "" }
                func empty(_ count: Int) -> [String] { Array(repeating: "", count: count) }
                return record.rows(failure: empty(8), after: empty(6)) { face in
                    let found = face.identification
                    let before = [
                        found?.identity?.name ?? "unknown", number(found?.similarity), number(found?.margin),
                        found?.nearest?.name ?? "", number(found?.threshold),
                        number(found?.probability), found?.condition ?? "", number(face.confidence),
                    ]
                    let after = [
                        found?.identity?.id ?? "", found?.nearest?.id ?? "", number(found?.falseMatchRate),
                        found?.remark ?? "", String(face.look?.turned ?? 0), number(face.context.quality),
                    ]
                    return (before, after)
                }
            }))
}

extension Layout<PictureRecord> {
    /// One row for each altered picture.
    package static let alterations = Layout(
        columns: ["image", "faces", "altered", "what was done", "error"],
        rows: { record in
            if let error = record.error { return [[record.image, "-", "", "", error.message]] }
            let faces = String(record.faces?.count ?? 0)
            return (record.altered ?? []).map { altered in
                [
                    record.image, faces, altered.file,
                    altered.steps.isEmpty ? "nothing" : altered.steps.joined(separator: "; "), "",
                ]
            }
        })
}

extension PictureRecord {
    /// Returns a row for each face, with its number; one row for a picture without faces; one row for a failure.
    package func rows(failure: [String], _ row: (FaceRecord) -> [String]) -> [[String]] {
        rows(failure: failure, after: []) { (row($0), []) }
    }

    /// Returns the same rows, with further values after the error.
    package func rows(
        failure: [String], after: [String], _ row: (FaceRecord) -> (before: [String], after: [String])
    ) -> [[String]] {
        if let error { return [[image, "-"] + failure + [error.message] + after] }
        let faces = faces ?? []
        if faces.isEmpty { return [[image, "0"] + failure + ["no face was found"] + after] }
        return faces.enumerated().map { index, face in
            let values = row(face)
            return [image, String(index + 1)] + values.before + [""] + values.after
        }
    }
}
