import ArgumentParser
import FaceTraining
import Foundation
import LikenessRecords
import LikenessSupport
import Pixels
import Recognition
import Synchronization

/// `likeness export`
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Convert a trained face network or generator to an installable model: ONNX and card.",
        discussion: """
            Batch normalization is folded into the convolutions. The inference engine reads the file back, and its \
            embeddings of the faces in the --check pictures are compared with those of the training engine; for a \
            generator, the pictures are compared. The exit status is 1 if they do not agree. To use the model with \
            --model, move its folder to the models of the installation.

            With --int8, matrix products and convolutions run in 8-bit integers. The ranges of the activations are \
            measured on faces of an archive from 'likeness pack'; the result is also compared on faces of other \
            people. Measure the loss of accuracy with 'likeness evaluate pairs'.
            """)

    @Option(help: ArgumentHelp("The folder of one seed of a run.", valueName: "folder"))
    var run: String?

    @Option(help: "The installed model to quantize instead of a run: facenet-128.")
    var model: String?

    @Option(help: "The name of the model.")
    var name: String

    @Option(help: ArgumentHelp("The folder in which the model's folder is created.", valueName: "folder"))
    var to: String

    @Option(
        help: ArgumentHelp(
            "Also write the network without FaceNet-128's weights, which set-up adds again.", valueName: "file"))
    var withoutTrunk: String?

    @Option(help: "A description of the training data, for the card.")
    var trainingData = "people of CelebA, Glint360K and pins (non-commercial research)"

    @Option(help: ArgumentHelp("A picture with faces for the comparison; may be repeated.", valueName: "file"))
    var check: [String] = []

    @Flag(name: .customLong("int8"), help: "Quantize to 8-bit integers.")
    var isQuantized = false

    @Option(help: ArgumentHelp("The archive of faces for the calibration of --int8.", valueName: "folder"))
    var calibration: String?

    @Option(help: "The number of faces for the calibration. (default: 256)")
    var calibrationFaces: Int?

    @Flag(name: .shortAndLong, help: "No progress on the standard error.")
    var quiet = false

    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
        if name.isEmpty || name.contains("/") || name.hasPrefix(".") {
            throw ValidationError("--name is a folder's name, such as facenet-plus")
        }
        guard (run == nil) != (model == nil) else { throw ValidationError("give one of --run and --model") }
        if let model, model != ModelExport.pretrained {
            throw ValidationError(
                "--model is \(ModelExport.pretrained): it is the only fetched network whose parts are known here")
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
        let export = ModelExport(
            run.map { .run(URL(filePath: $0)) } ?? .pretrained, name: name, in: URL(filePath: to),
            trainingData: trainingData)
        if export.isGenerator, withoutTrunk != nil || isQuantized {
            throw Failure.badOption(
                "a generator has no trunk of FaceNet-128 and is not quantized", remedy: "leave out the option")
        }
        let progress = Mutex<Progress?>(nil), quiet = quiet
        let result = try await export.run(
            .locate(), comparingOn: check.map { URL(filePath: $0) },
            calibration: calibration.map { .init(archive: URL(filePath: $0), count: calibrationFaces ?? 256) },
            withoutTrunk: withoutTrunk.map { URL(filePath: $0) }
        ) { event in
            progress.withLock { progress in
                switch event {
                case .calibrates(let faces): progress = Progress(total: faces, unit: "faces", quiet: quiet)
                case .advanced(let count): for _ in 0..<count { progress?.advance() }
                case .ended: progress?.finish()
                }
            }
        }
        let agrees: Bool
        switch result {
        case .network(let export):
            let record = ExportRecord(export)
            try writer.write(record, table: record.table)
            agrees = export.agreements.allSatisfy(\.holds)
        case .generator(let export):
            let record = GeneratorExportRecord(export)
            try writer.write(record, table: record.table)
            agrees = export.agreements.allSatisfy(\.holds)
        }
        guard agrees else { throw ExitCode.failure }
    }

    /// What a run consists of.
    private var runFiles: [String] {
        run.map { folder in FolderListing(SystemPath(folder)).entries.map(\.path.text) } ?? []
    }
}
