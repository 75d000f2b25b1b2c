import Digests
public import Faces
public import Foundation
import Inference
import Networks
import Pixels
import Tensors

/// A trained network as the product runs it: an ONNX file and its card, read back and compared.
public struct FaceNetworkExport {
    /// How much an exported network's embeddings agree with the trained one's, in one precision.
    public struct Agreement: Codable, Hashable, Sendable {
        /// In what the inference engine computed.
        public let precision: String
        /// The smallest cosine over the faces.
        public let smallestCosine: Double
        /// What it must be above.
        public let required: Double
        /// Over how many faces.
        public let faces: Int

        /// Whether it is.
        public var holds: Bool { smallestCosine > required }
    }

    /// The model's folder: `card.json` and `model.onnx`.
    public let folder: URL
    /// The card that was written.
    public let card: ModelCard
    /// The agreement in each precision that this CPU has.
    public let agreements: [Agreement]

    /// What cosines must be above (issue: f32 0.99999, bf16 0.999).
    private static let required: [Precision: Double] = [.f32: 0.99999, .bf16: 0.999]

    /// Writes `network` to `folder`, and runs it there on `faces`.
    ///
    /// - Parameters:
    ///   - network: What was trained.
    ///   - name: The model's name.
    ///   - trainingData: What it was trained on, and under which terms.
    ///   - models: The installation's models: the card starts from FaceNet-128's.
    ///   - engine: The inference engine's folder.
    ///   - faces: Faces aligned to FaceNet-128's template, to compare with.
    public init(
        _ network: TrainedFaceNetwork, name: String, trainingData: String, models: URL, engine: URL,
        faces: [AlignedFace],
        to folder: URL
    ) throws {
        self.folder = folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "model.onnx")
        let data = network.graph.serialized(name: name, metadata: Self.metadata(trainingData))
        try data.write(to: file, options: .atomic)
        var card = try StageBuilder.card(models.appending(path: "facenet-128"))
        card.name = name
        card.version = "1"
        card.architecture = network.configuration.summary
        card.weights = [
            ModelCard.Weights(
                file: "model.onnx", sha256: try SHA256(of: data).hexadecimal, bytes: data.count,
                precisions: ["f32", "bf16"])
        ]
        card.licence = "non-commercial research"
        card.licenceNote =
            "The photographs that it was trained on may be used for non-commercial research; the trunk is FaceNet-128's."
        card.origin = ModelCard.Origin(
            status: .own,
            text: "Trained by this project on the frozen trunk of FaceNet-128, whose own origin is not stated.")
        card.source = nil
        card.trainingData = trainingData
        card.calibration = nil
        card.contextVersion = network.configuration.context == nil ? nil : ContextVector.version
        self.card = card
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .withoutEscapingSlashes]
        try encoder.encode(card).write(to: folder.appending(path: "card.json"), options: .atomic)
        agreements = try Self.agreements(network, file: file, card: card, engine: engine, faces: faces)
    }

    private static func agreements(
        _ network: TrainedFaceNetwork, file: URL, card: ModelCard, engine folder: URL, faces: [AlignedFace]
    ) throws -> [Agreement] {
        guard !faces.isEmpty else { return [] }
        let packed = PackedFaces(faces, card.input)
        var inputs = [
            Inference.Tensor(
                shape: [faces.count, 3, faces[0].image.height, faces[0].image.width], values: packed.values)
        ]
        if card.contextVersion != nil {
            inputs.append(Inference.Tensor(shape: [faces.count, 12], values: faces.flatMap(\.context.values)))
        }
        let trained = withoutGradients {
            let tensors = inputs.map { Tensors.Tensor($0.values, shape: $0.shape) }
            return network.network(tensors[0], context: tensors.count > 1 ? tensors[1] : nil, training: false).floats
        }
        let engine = try Engine(libraryDirectory: folder)
        return try engine.supportedPrecisions.map { precision in
            let exported = try Network(
                engine: engine, contentsOf: file, inputShapes: inputs.map(\.shape),
                configuration: NetworkConfiguration(precision: .exactly(precision)))
            let values = try exported.run(inputs)[0].values
            let size = network.configuration.dimension
            let cosines = faces.indices.map { index in
                cosine(trained[index * size..<(index + 1) * size], values[index * size..<(index + 1) * size])
            }
            return Agreement(
                precision: precision.rawValue, smallestCosine: cosines.min() ?? 0, required: required[precision] ?? 1,
                faces: faces.count)
        }
    }

    private static func cosine(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Double {
        let product = zip(a, b).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        func length(_ values: ArraySlice<Float>) -> Double {
            values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        }
        return product / (length(a) * length(b))
    }

    /// Writes the network to `file` without the values that it has from FaceNet-128: small enough to be kept with the
    /// sources. Set-up puts them back and gets, byte for byte, the file that was exported.
    public static func writeWithoutTrunk(
        _ network: TrainedFaceNetwork, name: String, trainingData: String, to file: URL
    ) throws {
        try network.graph.serialized(
            name: name, metadata: metadata(trainingData), borrowed: network.borrowed
        ).write(to: file, options: .atomic)
    }

    private static func metadata(_ trainingData: String) -> [String: String] { ["training data": trainingData] }
}
