import ArgumentParser
import FaceTraining
import Faces
import Foundation
import Pixels
import Recognition
import Tensors

/// `likeness export`
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a model that the product runs of a trained face network: ONNX and card.",
        discussion: """
            Batch normalisations are folded into the convolutions. The file is read back by the inference engine and its \
            embeddings of the --check pictures' faces are compared with those of the training engine; where they do not \
            agree, the exit status is 1. Put the folder among the installation's models to use it by --model.
            """)

    @Option(help: ArgumentHelp("The folder of one seed of a run.", valueName: "folder"))
    var run: String

    @Option(help: "What --model is to call it.")
    var name: String

    @Option(help: ArgumentHelp("Where the model's folder is made.", valueName: "folder"))
    var to: String

    @Option(
        help: ArgumentHelp(
            "Also write the network without FaceNet-128's own values, which set-up puts back.", valueName: "file"))
    var withoutTrunk: String?

    @Option(help: "What it was trained on, for the card.")
    var trainingData = "people of CelebA, Glint360K and pins (non-commercial research)"

    @Option(help: ArgumentHelp("Pictures with faces to compare on; may be repeated.", valueName: "file"))
    var check: [String] = []

    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
        if name.isEmpty || name.contains("/") || name.hasPrefix(".") {
            throw ValidationError("--name is a folder's name, such as facenet-plus")
        }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.export() }
    }

    private func export() async throws {
        let writer = try SingleWriter(output)
        let installation = try Installation.locate()
        let faces = try await faces(installation)
        try TrainingEngine.open(library: Installation.locateTrainingEngine())
        let models = installation.root.appending(path: "models")
        let network = try TrainedFaceNetwork(folder: URL(filePath: run), models: models)
        let export = try FaceNetworkExport(
            network, name: name, trainingData: trainingData, models: models, engine: installation.engineDirectory,
            faces: faces, to: URL(filePath: to).appending(path: name))
        if let withoutTrunk {
            try FaceNetworkExport.writeWithoutTrunk(
                network, name: name, trainingData: trainingData, to: URL(filePath: withoutTrunk))
        }
        let record = ExportRecord(export)
        try writer.write(record, table: record.table)
        guard export.agreements.allSatisfy(\.holds) else { throw ExitCode.failure }
    }

    /// The largest face of each picture, aligned as FaceNet-128 wants it.
    private func faces(_ installation: Installation) async throws -> [AlignedFace] {
        guard !check.isEmpty else { return [] }
        let recognizer = try await Recognizer(
            installation: installation, configuration: RecognizerConfiguration(model: "facenet-128"))
        guard let template = recognizer.embedder?.card.template else { return [] }
        var faces: [AlignedFace] = []
        for path in check {
            let image = try Image(contentsOf: URL(filePath: path))
            guard let face = try await recognizer.detector.faces(in: image).first else { throw RecognitionError.noFace }
            faces.append(try face.aligned(in: image, to: template))
        }
        return faces
    }
}

/// What was exported.
struct ExportRecord: Encodable {
    var model: String
    var folder: String
    var architecture: String
    var bytes: Int
    var agreements: [FaceNetworkExport.Agreement]

    init(_ export: FaceNetworkExport) {
        (model, folder) = (export.card.name, export.folder.path)
        architecture = export.card.architecture
        bytes = export.card.weights.reduce(0) { $0 + $1.bytes }
        agreements = export.agreements
    }

    var table: String {
        let lines = agreements.map {
            "agreement in \($0.precision)  \(String(format: "%.6f", $0.smallestCosine)) (smallest cosine of "
                + "\($0.faces) faces; must be above \($0.required))\($0.holds ? "" : ": NOT REACHED")\n"
        }
        let checked = lines.isEmpty ? "not compared: give pictures with --check\n" : lines.joined()
        return "\(model): \(architecture)\n\(folder), \(bytes) bytes\n" + checked
    }
}
