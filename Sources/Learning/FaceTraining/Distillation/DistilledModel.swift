import Faces
import Foundation
import LikenessSupport
import Networks
import Tensors

/// The files of a distilled network: `model.onnx` and `card.json`.
enum DistilledModel {
    /// Writes the model.
    ///
    /// - Parameters:
    ///   - graph: The trained network.
    ///   - start: The card of the network from which training started.
    ///   - settings: The settings of the training.
    ///   - folder: The folder to which the files are written.
    static func write(
        _ graph: ONNXGraph, start: ModelCard, settings: DistillationSettings, to folder: URL
    ) throws {
        let data = graph.serialized(name: name)
        var card = start
        card.name = name
        let digest = try SHA256(of: data).hexadecimal
        card.version = String(digest.prefix(8))
        card.weights = [
            ModelCard.Weights(file: "model.onnx", sha256: digest, bytes: data.count, precisions: ["f32", "bf16"])
        ]
        card.input.name = "input"
        card.input.mean = Array(repeating: Float(SFaceNetwork.middle), count: 3)
        card.input.scale = Array(repeating: Float(1 / SFaceNetwork.range), count: 3)
        card.input.note = nil
        card.outputs = [ModelCard.Output(name: "embedding", shape: [nil, SFaceNetwork.dimension])]
        let teachers = settings.teachers.map { $0.model.split(separator: "/").last.map(String.init) ?? $0.model }
        card.origin = ModelCard.Origin(
            status: .own,
            text: "Trained by this project from the weights of \(start.name), with \(teachers.formatted()) as teachers."
        )
        card.source = nil
        card.trainingData =
            "\(start.name): \(start.trainingData); then faces of \(settings.archive)"
            + (settings.unlabelled.isEmpty ? "" : " and \(settings.unlabelled)")
        (card.license, card.licenseNote) = (
            "non-commercial research", "The photographs that it was trained on may be used for non-commercial research."
        )
        // The calibration of the start does not apply to this network.
        (card.calibration, card.adaptiveThresholds, card.probability) = (nil, nil, nil)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .withoutEscapingSlashes, .sortedKeys]
        try data.write(to: folder.appending(path: "model.onnx"), options: .atomic)
        try encoder.encode(card).write(to: folder.appending(path: "card.json"), options: .atomic)
    }

    private static let name = "likeness-light"
}
