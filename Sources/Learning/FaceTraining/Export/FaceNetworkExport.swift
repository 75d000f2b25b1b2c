public import Faces
public import Foundation
import Inference
import LikenessSupport
import Tensors

/// An exported face network: an ONNX file and its card, which are read back and compared with the trained network.
public struct FaceNetworkExport {
    /// The settings for quantizing a network to 8-bit integers.
    public struct Quantization: Sendable {
        /// The faces that determine the activations' ranges, and the faces for comparing the result.
        public let faces: CalibrationFaces
        /// Called with the number of faces that were calibrated since the last call. An error that it throws ends the
        /// export.
        public let advance: @Sendable (Int) throws -> Void

        /// Creates the settings from their parts.
        public init(faces: CalibrationFaces, advance: @escaping @Sendable (Int) throws -> Void) {
            (self.faces, self.advance) = (faces, advance)
        }
    }

    /// The model's folder: `card.json` and `model.onnx`.
    public private(set) var folder: URL
    /// The card that was written.
    public let card: ModelCard
    /// The number of products of activations and weights that run in 8-bit integers; 0 if the network is not quantized.
    public let quantizedProducts: Int
    /// The agreement in each precision that the file can run in and this processor supports.
    public let agreements: [ExportAgreement]

    /// Writes `network` to a new folder and runs it there on `faces`.
    ///
    /// - Parameters:
    ///   - network: The network.
    ///   - name: The model's name.
    ///   - library: The inference engine's folder.
    ///   - faces: Faces aligned to the network's template, for comparison.
    ///   - quantization: The settings for quantization; `nil` for a floating-point network. An installed network must be
    ///     quantized.
    ///   - folder: The model's folder. It appears when it is complete; if it exists, it must be empty.
    /// - Throws: ``FaceTrainingError``, `QuantizationError`, errors of the engine and of Foundation.
    public init(
        _ network: ExportedNetwork, name: String, engine library: URL, faces: [AlignedFace],
        quantization: Quantization? = nil, to folder: URL
    ) throws {
        let engine = try Engine(libraryDirectory: library)
        var export = try NewFolder.create(folder) { place in
            try FaceNetworkExport(writing: network, name: name, engine, faces, quantization, to: place)
        }
        export.folder = folder
        self = export
    }

    private init(
        writing network: ExportedNetwork, name: String, _ engine: Engine, _ faces: [AlignedFace],
        _ quantization: Quantization?, to folder: URL
    ) throws {
        self.folder = folder
        var graph = network.stored ?? network.graph
        var quantizedProducts = 0
        if let quantization {
            let products = network.products
            let ranges = try ActivationRanges(
                network.graph, products, inputs: network.inputs, engine: engine, faces: quantization.faces.calibrating,
                in: folder, advance: quantization.advance
            ).ranges
            graph = try network.graph.quantized(products, ranges: ranges)
            quantizedProducts = products.count
        }
        self.quantizedProducts = quantizedProducts
        var card = network.card
        let file = folder.appending(path: "model.onnx")
        let data = graph.serialized(name: name, metadata: Self.metadata(card.trainingData))
        try data.write(to: file, options: .atomic)
        card.name = name
        // The thresholds of the original do not apply to this network.
        (card.calibration, card.adaptiveThresholds, card.probability) = (nil, nil, nil)
        card.weights = [
            ModelCard.Weights(
                file: "model.onnx", sha256: try SHA256(of: data).hexadecimal, bytes: data.count,
                precisions: quantization == nil ? ["f32", "bf16"] : ["int8"])
        ]
        if let quantization { card.describe(quantizedOver: quantization.faces.calibrating.count) }
        self.card = card
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .withoutEscapingSlashes]
        try encoder.encode(card).write(to: folder.appending(path: "card.json"), options: .atomic)
        let precisions = engine.supportedPrecisions.filter { card.weights[0].precisions.contains($0.rawValue) }
        let compared = faces + (quantization?.faces.comparing ?? [])
        agreements = try ExportAgreement.all(
            of: file, with: network, on: compared, engine: engine, precisions: precisions)
    }

    /// Writes the network to `file` without the values that it shares with FaceNet-128, so that the file is small
    /// enough for the source repository. Setup adds the values again; the result equals the exported file byte for
    /// byte.
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
    /// Says that the network was quantized on somebody's machine.
    fileprivate mutating func describe(quantizedOver faces: Int) {
        architecture += ", in 8-bit integers"
        origin.text =
            "Quantized to int8 by 'likeness export', with ranges from \(faces) \(faces == 1 ? "face" : "faces"). "
            + "The card of the original says: \(origin.text)"
        source = nil
    }
}
