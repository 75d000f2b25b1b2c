import FaceTraining
import Faces
import Foundation
import LikenessCommand
import LikenessRecords

extension GeneratorExportRecord {
    /// Creates the record of an exported generator.
    init(_ export: TranslatorExport) {
        self.init(
            model: export.card.name, folder: export.folder.path, architecture: export.card.architecture,
            bytes: export.card.weights.reduce(0) { $0 + $1.bytes },
            agreements: export.agreements.map {
                Agreement(
                    precision: $0.precision, meanDifference: $0.meanDifference, required: $0.required, faces: $0.faces)
            })
    }
}
