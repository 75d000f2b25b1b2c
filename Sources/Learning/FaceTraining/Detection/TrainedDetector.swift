import Faces
import Foundation
import LikenessSupport

/// The files of a trained detector: its networks and `card.json`.
enum TrainedDetector {
    /// Writes a detector.
    ///
    /// - Parameters:
    ///   - networks: The networks as ONNX files, by the files' names.
    ///   - published: The card of the published detector, whose inputs, outputs and decoder are the same.
    ///   - name: The name of the trained detector.
    ///   - trained: The file of the network that was trained.
    ///   - start: The weights from which training started.
    ///   - scenes: The scenes on which it was trained.
    ///   - folder: The folder to which the files are written.
    static func write(
        _ networks: [String: Data], card published: ModelCard, name: String, trained: String, start: DetectorStart,
        scenes: SceneSourceSettings, to folder: URL
    ) throws {
        var card = published
        card.name = name
        card.weights = try published.weights.map { weights in
            guard let data = networks[weights.file] else {
                throw FaceTrainingError.missing(folder.appending(path: weights.file).path)
            }
            return ModelCard.Weights(
                file: weights.file, sha256: try SHA256(of: data).hexadecimal, bytes: data.count,
                precisions: weights.precisions)
        }
        card.version = String(try SHA256(of: Data(card.weights.map(\.sha256).joined().utf8)).hexadecimal.prefix(8))
        let from = start == .published ? "the weights of \(published.name)" : "random weights"
        let wasTrainedHere = published.origin.status == .own
        let text = "\(trained) was trained by this project from \(from)."
        card.origin = ModelCard.Origin(
            status: .own, text: wasTrainedHere ? "\(published.origin.text) \(text)" : text)
        card.source = nil
        let data = "faces of \(scenes.archives.joined(separator: ", ")) on photographs of \(scenes.photographs)"
        let isAll = networks.count == 1 && start == .random
        // A network that was trained here before has been trained on the same kind of data.
        if !wasTrainedHere {
            card.trainingData = isAll ? "\(trained): \(data)" : "\(published.trainingData); then \(trained): \(data)"
        } else if !published.trainingData.contains("\(trained):") {
            card.trainingData = "\(published.trainingData); \(trained): \(data)"
        }
        (card.license, card.licenseNote) = (
            "non-commercial research", "The photographs that it was trained on may be used for non-commercial research."
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .withoutEscapingSlashes, .sortedKeys]
        for (name, data) in networks {
            try data.write(to: folder.appending(path: name), options: .atomic)
        }
        try encoder.encode(card).write(to: folder.appending(path: "card.json"), options: .atomic)
    }
}
