import ArgumentParser
import FaceTraining
import Faces
import Foundation
import Inference
import LikenessRecords
import Pixels
import Recognition
import Tensors

/// `likeness export`
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a model that the product runs of a trained face network or generator: ONNX and card.",
        discussion: """
            Batch normalisations are folded into the convolutions. The file is read back by the inference engine and its \
            embeddings of the --check pictures' faces are compared with those of the training engine; where they do not \
            agree, the exit status is 1; of a generator the pictures are compared. Put the folder among the installation's models to use it by --model.

            With --int8 the products run in 8-bit integers. The ranges of what flows between them are taken over faces of an \
            archive that 'likeness pack' made; the result is compared on faces of other people too. Measure what it costs \
            with 'likeness evaluate pairs'.
            """)

    @Option(help: ArgumentHelp("The folder of one seed of a run.", valueName: "folder"))
    var run: String?

    @Option(help: "Instead of a run, the installed model to quantize: facenet-128.")
    var model: String?

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

    @Flag(name: .customLong("int8"), help: "Quantize to 8-bit integers, by calibration.")
    var isQuantized = false

    @Option(help: ArgumentHelp("The archive of faces that --int8 calibrates with.", valueName: "folder"))
    var calibration: String?

    @Option(help: "How many of its faces. (default: 256)")
    var calibrationFaces: Int?

    @Flag(name: .shortAndLong, help: "No progress on the standard error.")
    var quiet = false

    @OptionGroup var output: OutputOptions

    private static let pretrained = "facenet-128"

    mutating func validate() throws {
        if name.isEmpty || name.contains("/") || name.hasPrefix(".") {
            throw ValidationError("--name is a folder's name, such as facenet-plus")
        }
        guard (run == nil) != (model == nil) else { throw ValidationError("give one of --run and --model") }
        if let model, model != Self.pretrained {
            throw ValidationError(
                "--model is \(Self.pretrained): it is the only fetched network whose parts are known here")
        }
        if model != nil, !isQuantized { throw ValidationError("--model is there to be quantized: add --int8") }
        guard isQuantized == (calibration != nil) else {
            throw ValidationError("--int8 and --calibration need each other")
        }
        if withoutTrunk != nil, isQuantized {
            throw ValidationError(
                "--without-trunk goes without --int8: no number of a quantized trunk is FaceNet-128's own")
        }
        if calibrationFaces != nil, !isQuantized { throw ValidationError("--calibration-faces needs --int8") }
        if let calibrationFaces, !(1...100_000).contains(calibrationFaces) {
            throw ValidationError("--calibration-faces is 1 to 100000")
        }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.export() }
    }

    private func export() async throws {
        let inputs = InputFiles(check + runFiles)
        try InputFiles.checkDistinct([output.output, withoutTrunk])
        try inputs.check(withoutTrunk)
        if let withoutTrunk { try OutputFile.checkPlace(withoutTrunk) }
        for file in FolderListing(SystemPath("\(to)/\(name)")).entries { try inputs.check(file.path) }
        let writer = try SingleWriter(output, keeping: inputs)
        let installation = try Installation.locate()
        let models = installation.root.appending(path: "models")
        if let run, TranslatorExport.holdsGenerator(URL(filePath: run)) {
            return try await exportGenerator(of: URL(filePath: run), installation, models, writer)
        }
        guard let template = try installation.card(Self.pretrained).template else {
            throw RecognitionError.wrongTask(Self.pretrained, expected: "embedding")
        }
        let faces = try await faces(installation, template)
        let calibration = try calibration.map {
            try CalibrationFaces(archive: URL(filePath: $0), template: template, count: calibrationFaces ?? 256)
        }
        try TrainingEngine.open(library: Installation.locateTrainingEngine())
        let network =
            try run.map { try TrainedFaceNetwork(folder: URL(filePath: $0), models: models) }
            ?? TrainedFaceNetwork(pretrainedIn: models)
        let progress = Progress(total: calibration?.calibrating.count ?? 0, unit: "faces", quiet: quiet)
        let quantization = calibration.map { faces in
            FaceNetworkExport.Quantization(faces: faces) { count in
                try Task.checkCancellation()
                for _ in 0..<count { progress.advance() }
            }
        }
        defer { progress.finish() }
        let export = try await EngineExecutor.run {
            try FaceNetworkExport(
                network, name: name, trainingData: trainingData, models: models, engine: installation.engineDirectory,
                faces: faces, quantization: quantization, to: URL(filePath: to).appending(path: name))
        }
        progress.finish()
        if let withoutTrunk {
            try FaceNetworkExport.writeWithoutTrunk(
                network, name: name, trainingData: trainingData, to: URL(filePath: withoutTrunk))
        }
        let record = ExportRecord(export)
        try writer.write(record, table: record.table)
        guard export.agreements.allSatisfy(\.holds) else { throw ExitCode.failure }
    }

    /// What a run consists of.
    private var runFiles: [String] {
        run.map { folder in FolderListing(SystemPath(folder)).entries.map(\.path.text) } ?? []
    }

    private func exportGenerator(
        of run: URL, _ installation: Installation, _ models: URL, _ writer: SingleWriter
    ) async throws {
        guard withoutTrunk == nil, !isQuantized else {
            throw Failure.badOption(
                "a generator has no trunk of FaceNet-128 and is not quantized", remedy: "leave out the option")
        }
        let faces = try await faces(installation, TranslatorExport.template)
        try TrainingEngine.open(library: Installation.locateTrainingEngine())
        let export = try await EngineExecutor.run {
            try TranslatorExport(
                TrainedTranslator(folder: run), name: name, trainingData: trainingData, models: models,
                engine: installation.engineDirectory, faces: faces, to: URL(filePath: to).appending(path: name))
        }
        let record = GeneratorExportRecord(export)
        try writer.write(record, table: record.table)
        guard export.agreements.allSatisfy(\.holds) else { throw ExitCode.failure }
    }

    /// The largest face of each picture.
    private func faces(_ installation: Installation, _ template: AlignmentTemplate) async throws -> [AlignedFace] {
        guard !check.isEmpty else { return [] }
        let recognizer = try await Recognizer(installation: installation, embeds: false)
        var faces: [AlignedFace] = []
        for path in check {
            let image = try await PictureSource.file(URL(filePath: path)).image(limits: .standard)
            guard let face = try await recognizer.detector.faces(in: image).first else { throw RecognitionError.noFace }
            faces.append(try face.aligned(in: image, to: template))
        }
        return faces
    }
}
