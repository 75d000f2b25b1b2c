import Augmentation
public import Faces
public import Foundation
import Inference
import LikenessSupport
import Networks
import Tensors

/// An exported generator: an ONNX file and its card, which are read back and compared with the trained generator.
public struct TranslatorExport {
    /// The difference between the pictures of the exported generator and the trained one, in one precision.
    public struct Agreement: Codable, Hashable, Sendable {
        /// The precision in which the inference engine computed.
        public let precision: String
        /// The mean difference of the pictures' values, on a scale of 2.
        public let meanDifference: Double
        /// The limit of the mean difference.
        public let required: Double
        /// The number of faces.
        public let faces: Int

        /// Whether the mean difference is below the limit.
        public var holds: Bool { meanDifference < required }
    }

    /// The model's folder: `card.json` and `model.onnx`.
    public private(set) var folder: URL
    /// The card that was written.
    public let card: ModelCard
    /// The agreement in each precision that the file can run in and this processor supports.
    public let agreements: [Agreement]

    /// Returns whether a run's folder holds a generator.
    public static func holdsGenerator(_ folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: TrainedTranslator.fileName).path)
    }

    /// The alignment template of faces for generators.
    public static var template: AlignmentTemplate { FacePair.template }

    /// Writes the generator to `folder` with weights in 16 bits, and runs it there on `faces`.
    ///
    /// - Parameters:
    ///   - trained: The trained generator.
    ///   - name: The model's name.
    ///   - trainingData: The training data and its license.
    ///   - models: The installation's models.
    ///   - library: The inference engine's folder.
    ///   - faces: Faces aligned to ``template``, for comparison.
    ///   - folder: The model's folder. It appears when it is complete; if it exists, it must be empty.
    /// - Throws: ``FaceTrainingError``, errors of the engine and of Foundation.
    public init(
        _ trained: TrainedTranslator, name: String, trainingData: String, models: URL, engine library: URL,
        faces: [AlignedFace], to folder: URL
    ) throws {
        var export = try NewFolder.create(folder) { place in
            try TranslatorExport(
                writing: trained, name: name, trainingData, models, engine: library, faces, to: place)
        }
        export.folder = folder
        self = export
    }

    private init(
        writing trained: TrainedTranslator, name: String, _ trainingData: String, _ models: URL, engine library: URL,
        _ faces: [AlignedFace], to folder: URL
    ) throws {
        self.folder = folder
        let data = trained.graph.storingHalves().serialized(name: name, metadata: ["training data": trainingData])
        let file = folder.appending(path: "model.onnx")
        try data.write(to: file, options: .atomic)
        var card = try StageBuilder.card(models.appending(path: "facenet-128"))
        card.describe(trained, name: name, trainingData: trainingData)
        card.weights = [
            ModelCard.Weights(
                file: "model.onnx", sha256: try SHA256(of: data).hexadecimal, bytes: data.count,
                precisions: ["f32", "bf16"])
        ]
        self.card = card
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .withoutEscapingSlashes, .sortedKeys]
        try encoder.encode(card).write(to: folder.appending(path: "card.json"), options: .atomic)
        let engine = try Engine(libraryDirectory: library)
        agreements = try engine.supportedPrecisions.filter { [.f32, .bf16].contains($0) }.compactMap {
            try Self.agreement(of: file, with: trained, on: faces, card.input, engine, $0)
        }
    }

    /// The limits are far above the differences from 16-bit weights in either precision, and far below those from a
    /// wrong operation.
    private static let required: [Precision: Double] = [.f32: 0.005, .bf16: 0.02]

    private static func agreement(
        of file: URL, with trained: TrainedTranslator, on faces: [AlignedFace], _ input: ModelInput, _ engine: Engine,
        _ precision: Precision
    ) throws -> Agreement? {
        guard !faces.isEmpty else { return nil }
        let network = try Network(
            engine: engine, contentsOf: file, configuration: NetworkConfiguration(precision: .exactly(precision)))
        // Any look is suitable, because both generators get the same one.
        let look: [Float] = [0.5, 0.5, 0.6, 0.1, 0.3]
        let takesLook = trained.network.configuration.styleSize > 0
        var total = 0.0
        for face in faces {
            let pixels = FaceInputs(pixels: input, hasContext: false).tensors([face])[0]
            let style = takesLook ? [Inference.Tensor(shape: [1, MaskLook.size], values: look)] : []
            let found = try network.run([pixels] + style)[0].values
            let expected = withoutGradients {
                trained.network(
                    Tensors.Tensor(pixels.values, shape: pixels.shape),
                    style: takesLook ? Tensors.Tensor(look, shape: [1, MaskLook.size]) : nil, training: false
                ).picture.floats
            }
            total += zip(found, expected).reduce(0) { $0 + Double(abs($1.0 - $1.1)) } / Double(expected.count)
        }
        return Agreement(
            precision: network.precision.rawValue, meanDifference: total / Double(faces.count),
            required: required[precision] ?? 0, faces: faces.count)
    }
}

extension ModelCard {
    /// Turns FaceNet-128's card into that of a generator that was trained here.
    fileprivate mutating func describe(_ trained: TrainedTranslator, name: String, trainingData: String) {
        (self.name, version, task) = (name, "1", .translation)
        let does = trained.direction == .unmask ? "takes masks off" : "puts masks on"
        architecture =
            "U-Net with atrous residual blocks that \(does), trained against a discriminator (the DS-AEAN paper); "
            + "\(trained.valueCount) values"
        template = FacePair.template
        let side = FaceTranslator.side
        (input.name, input.width, input.height, input.layout) = ("input", side, side, .nchw)
        (input.channels, input.normalization) = (.rgb, .fixed)
        (input.mean, input.scale) = ([127.5, 127.5, 127.5], [1 / 127.5, 1 / 127.5, 1 / 127.5])
        input.note =
            trained.direction == .mask
            ? "also style: the mask's mean red, green and blue (−1 to 1), their deviation, and its share of the crop"
            : nil
        outputs = [
            ModelCard.Output(name: "picture", shape: [nil, 3, side, side]),
            ModelCard.Output(name: "share", shape: [nil, 1, side, side]),
        ]
        (dimension, contextVersion, attention, source) = (nil, nil, nil, nil)
        (calibration, adaptiveThresholds, probability) = (nil, nil, nil)
        license = "non-commercial research"
        licenseNote = "The photographs that it was trained on may be used for non-commercial research."
        origin = Origin(status: .own, text: "Trained by this project from random weights.")
        self.trainingData = trainingData
        citation = "Likeness, 2026"
    }
}
