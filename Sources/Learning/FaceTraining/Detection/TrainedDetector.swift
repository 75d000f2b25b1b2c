import Faces
import Foundation
import LikenessSupport

/// The files of a trained detector: `model.onnx` and `card.json`.
enum TrainedDetector {
    /// Writes a detector of one network.
    ///
    /// - Parameters:
    ///   - data: The network as an ONNX file.
    ///   - published: The card of the published detector, whose inputs, outputs and decoder are the same.
    ///   - name: The name of the trained detector.
    ///   - settings: The settings with which it was trained.
    ///   - folder: The folder to which the files are written.
    static func write(
        _ data: Data, card published: ModelCard, name: String, settings: DetectorSettings, to folder: URL
    ) throws {
        var card = published
        card.name = name
        let digest = try SHA256(of: data).hexadecimal
        card.version = String(digest.prefix(8))
        card.weights = [
            ModelCard.Weights(
                file: "model.onnx", sha256: digest, bytes: data.count,
                precisions: card.weights.first?.precisions ?? ["f32"])
        ]
        let from = settings.start == .published ? "the published weights" : "random weights"
        card.origin = ModelCard.Origin(status: .own, text: "Trained by this project from \(from).")
        card.source = nil
        card.trainingData =
            "Faces of \(settings.archives.joined(separator: ", ")) on photographs of \(settings.photographs)"
            + (settings.start == .published ? ", after \(published.trainingData)" : "")
        (card.licence, card.licenceNote) = (
            "non-commercial research", "The photographs that it was trained on may be used for non-commercial research."
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .withoutEscapingSlashes, .sortedKeys]
        try data.write(to: folder.appending(path: "model.onnx"), options: .atomic)
        try encoder.encode(card).write(to: folder.appending(path: "card.json"), options: .atomic)
    }
}
