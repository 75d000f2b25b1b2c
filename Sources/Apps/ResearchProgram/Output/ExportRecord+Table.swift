import Foundation
import LikenessCommand
import LikenessRecords
import LikenessSupport

extension ExportRecord {
    /// The result as text for people.
    var table: String {
        let lines = agreements.map {
            "agreement in \($0.precision): \(decimal($0.smallestCosine, 6)) (smallest cosine of "
                + "\($0.faces) faces; must be above \($0.required)), mean \(decimal($0.meanCosine, 6))"
                + "\($0.smallestCosine > $0.required ? "" : ": NOT REACHED")\n"
        }
        let checked = lines.isEmpty ? "not compared: give pictures with --check\n" : lines.joined()
        let quantized = quantizedProducts > 0 ? ", \(quantizedProducts) products quantized" : ""
        return
            "\(model): \(architecture)\n\(folder), \(bytes) bytes, \(precisions.joined(separator: ", "))\(quantized)\n"
            + checked
    }
}

extension GeneratorExportRecord {
    /// The result as text for people.
    var table: String {
        let lines = agreements.map {
            "difference in \($0.precision): \(decimal($0.meanDifference, 6)) "
                + "(mean over \($0.faces) faces, of values from -1 to 1; must be below \($0.required))"
                + "\($0.meanDifference < $0.required ? "" : ": NOT REACHED")\n"
        }
        let checked = lines.isEmpty ? "not compared: give pictures with --check\n" : lines.joined()
        return "\(model): \(architecture)\n\(folder), \(bytes) bytes\n\(checked)"
    }
}
