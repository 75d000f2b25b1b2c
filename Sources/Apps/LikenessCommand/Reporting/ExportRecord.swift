import FaceTraining
import Faces
import Foundation

/// What was exported.
struct ExportRecord: Encodable {
    var model: String
    var folder: String
    var architecture: String
    var precisions: [String]
    var quantizedProducts: Int
    var bytes: Int
    var agreements: [ExportAgreement]

    init(_ export: FaceNetworkExport) {
        (model, folder) = (export.card.name, export.folder.path)
        architecture = export.card.architecture
        precisions = export.card.weights.flatMap(\.precisions)
        quantizedProducts = export.quantizedProducts
        bytes = export.card.weights.reduce(0) { $0 + $1.bytes }
        agreements = export.agreements
    }

    var table: String {
        let lines = agreements.map {
            "agreement in \($0.precision)  \(String(format: "%.6f", $0.smallestCosine)) (smallest cosine of "
                + "\($0.faces) faces; must be above \($0.required)), mean \(String(format: "%.6f", $0.meanCosine))"
                + "\($0.holds ? "" : ": NOT REACHED")\n"
        }
        let checked = lines.isEmpty ? "not compared: give pictures with --check\n" : lines.joined()
        let quantized = quantizedProducts > 0 ? ", \(quantizedProducts) products quantized" : ""
        return
            "\(model): \(architecture)\n\(folder), \(bytes) bytes, \(precisions.joined(separator: ", "))\(quantized)\n"
            + checked
    }
}

/// A generator that was exported.
struct TranslatorExportRecord: Encodable {
    var model: String
    var folder: String
    var architecture: String
    var bytes: Int
    var agreements: [TranslatorExport.Agreement]

    init(_ export: TranslatorExport) {
        (model, folder, architecture) = (export.card.name, export.folder.path, export.card.architecture)
        bytes = export.card.weights.reduce(0) { $0 + $1.bytes }
        agreements = export.agreements
    }

    var table: String {
        let lines = agreements.map {
            "difference in \($0.precision)  \(String(format: "%.6f", $0.meanDifference)) (mean of 2 over \($0.faces) faces; "
                + "must be under \($0.required))\($0.holds ? "" : ": NOT REACHED")\n"
        }
        let checked = lines.isEmpty ? "not compared: give pictures with --check\n" : lines.joined()
        return "\(model): \(architecture)\n\(folder), \(bytes) bytes\n\(checked)"
    }
}
