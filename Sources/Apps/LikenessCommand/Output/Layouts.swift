import Faces
import Foundation
package import LikenessRecords
import LikenessSupport
import Pixels

extension Layout<PictureRecord> {
    /// One row for each face, with its position and its quality.
    package static let faces = Layout(
        columns: faceColumns, rows: { $0.faceRows { decimal($0, $1) } },
        csv: Layout(columns: faceColumns, rows: { $0.faceRows { number, _ in number.map { "\($0)" } ?? "" } }))

    private static let faceColumns = [
        "image", "face", "x", "y", "width", "height", "confidence", "yaw", "pitch", "roll", "sharpness", "quality",
        "enhancement", "turned", "error",
    ]

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
    /// Returns a row for each face, with its position and its quality.
    ///
    /// - Parameter text: Returns a number as text, for tables with so many decimals.
    fileprivate func faceRows(_ text: (Float?, Int) -> String) -> [[String]] {
        rows(failure: Array(repeating: "", count: 12)) { face in
            let context = face.context
            return [
                text(face.box.x, 1), text(face.box.y, 1), text(face.box.width, 1), text(face.box.height, 1),
                text(face.confidence, 3), text(context.yaw, 0), text(context.pitch, 0), text(context.roll, 0),
                text(context.sharpness, 1), text(context.quality, 2), enhancement ?? "",
                String(face.look?.turned ?? 0),
            ]
        }
    }

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
