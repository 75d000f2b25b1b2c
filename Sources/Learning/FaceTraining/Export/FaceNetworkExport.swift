public import Faces
public import Foundation
import Inference
import LikenessSupport
import Networks
import Tensors

/// A trained network as the product runs it: an ONNX file and its card, read back and compared.
public struct FaceNetworkExport {
    /// How a network is quantized to 8-bit integers.
    public struct Quantization: Sendable {
        /// Over which faces the activations' ranges are taken, and on which others the result is compared.
        public let faces: CalibrationFaces
        /// Called with the number of faces that have been calibrated with since the last call; what it throws ends the
        /// export.
        public let advance: @Sendable (Int) throws -> Void

        /// A quantization from its parts.
        public init(faces: CalibrationFaces, advance: @escaping @Sendable (Int) throws -> Void) {
            (self.faces, self.advance) = (faces, advance)
        }
    }

    /// The model's folder: `card.json` and `model.onnx`.
    public let folder: URL
    /// The card that was written.
    public let card: ModelCard
    /// How many of the network's products of activations and weights run in 8-bit integers; 0 where it is not quantized.
    public let quantizedProducts: Int
    /// The agreement in each precision that the file runs in and this CPU has.
    public let agreements: [ExportAgreement]

    /// Writes `network` to `folder`, and runs it there on `faces`.
    ///
    /// - Parameters:
    ///   - network: What was trained.
    ///   - name: The model's name.
    ///   - trainingData: What it was trained on, and under which terms; not used for FaceNet-128 as it was fetched.
    ///   - models: The installation's models: the card starts from FaceNet-128's.
    ///   - engine: The inference engine's folder.
    ///   - faces: Faces aligned to FaceNet-128's template, to compare with.
    ///   - quantization: How the network is quantized; `nil` for one that runs in floating point.
    ///   - folder: The model's folder; made where it is not there.
    /// - Throws: ``FaceTrainingError``, `QuantizationError`, errors of the engine and of Foundation.
    public init(
        _ network: TrainedFaceNetwork, name: String, trainingData: String, models: URL, engine library: URL,
        faces: [AlignedFace], quantization: Quantization? = nil, to folder: URL
    ) throws {
        self.folder = folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var card = try StageBuilder.card(models.appending(path: "facenet-128"))
        card.contextVersion = network.configuration.context == nil ? nil : ContextVector.version
        let inputs = FaceInputs(pixels: card.input, hasContext: card.contextVersion != nil)
        let engine = try Engine(libraryDirectory: library)
        var graph = network.graph
        var quantizedProducts = 0
        if let quantization {
            let products = graph.products
            let ranges = try ActivationRanges(
                graph, products, inputs: inputs, engine: engine, faces: quantization.faces.calibrating, in: folder,
                advance: quantization.advance
            ).ranges
            graph = try graph.quantized(products, ranges: ranges)
            quantizedProducts = products.count
        } else {
            graph = network.stored(graph)
        }
        self.quantizedProducts = quantizedProducts
        if !network.isPretrained { card.describe(network.configuration.summary, trainedOn: trainingData) }
        let file = folder.appending(path: "model.onnx")
        let data = graph.serialized(name: name, metadata: Self.metadata(card.trainingData))
        try data.write(to: file, options: .atomic)
        card.name = name
        card.outputs = network.outputs
        card.attention = network.attention
        // What FaceNet-128's similarities mean is not what this network's do.
        (card.calibration, card.adaptiveThresholds, card.probability) = (nil, nil, nil)
        card.weights = [
            ModelCard.Weights(
                file: "model.onnx", sha256: try SHA256(of: data).hexadecimal, bytes: data.count,
                precisions: quantization == nil ? ["f32", "bf16"] : ["int8"])
        ]
        if let quantization {
            card.origin.text +=
                " Quantized to int8 by this project, over \(quantization.faces.calibrating.count) faces."
        }
        self.card = card
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .withoutEscapingSlashes]
        try encoder.encode(card).write(to: folder.appending(path: "card.json"), options: .atomic)
        let precisions = engine.supportedPrecisions.filter { card.weights[0].precisions.contains($0.rawValue) }
        let compared = faces + (quantization?.faces.comparing ?? [])
        agreements = try ExportAgreement.all(
            of: file, with: network, on: compared, inputs: inputs, engine: engine, precisions: precisions)
    }

    /// Writes the network to `file` without the values that it has from FaceNet-128: small enough to be kept with the
    /// sources. Set-up puts them back and gets, byte for byte, the file that was exported.
    public static func writeWithoutTrunk(
        _ network: TrainedFaceNetwork, name: String, trainingData: String, to file: URL
    ) throws {
        try network.stored(network.graph).serialized(
            name: name, metadata: metadata(trainingData), borrowed: network.borrowed
        ).write(to: file, options: .atomic)
    }

    private static func metadata(_ trainingData: String) -> [String: String] { ["training data": trainingData] }
}

extension ModelCard {
    /// Turns FaceNet-128's card into that of a network which was trained here on its trunk.
    fileprivate mutating func describe(_ architecture: String, trainedOn data: String) {
        version = "1"
        self.architecture = architecture
        licence = "non-commercial research"
        licenceNote =
            "The photographs that it was trained on may be used for non-commercial research; the trunk is FaceNet-128's."
        origin = Origin(
            status: .own,
            text: "Trained by this project on the frozen trunk of FaceNet-128, whose own origin is not stated.")
        source = nil
        trainingData = data
    }
}
