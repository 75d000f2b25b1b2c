import FaceTraining
import Faces
import Foundation
import LikenessCommand
import LikenessRecords

extension ExportRecord {
    /// Creates the record of an exported face network.
    init(_ export: FaceNetworkExport) {
        self.init(
            model: export.card.name, folder: export.folder.path, architecture: export.card.architecture,
            precisions: export.card.weights.flatMap(\.precisions), quantizedProducts: export.quantizedProducts,
            bytes: export.card.weights.reduce(0) { $0 + $1.bytes },
            agreements: export.agreements.map {
                Agreement(
                    precision: $0.precision, smallestCosine: $0.smallestCosine, meanCosine: $0.meanCosine,
                    required: $0.required, faces: $0.faces)
            })
    }
}
