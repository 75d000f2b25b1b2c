import ArgumentParser
import FaceTraining
import Foundation
import LikenessCommand
import LikenessRecords
import LikenessSupport
import Pixels
import Recognition
import Synchronization

/// `likeness export`
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: ResearchCommands.abstract(of: "export"),
        discussion: """
            The training engine and the inference engine both run the network on the faces of the --check pictures, \
            and the embeddings (or, for a generator, the generated pictures) are compared. The exit status is 1 if \
            they do not agree; the model is written nevertheless. Batch normalization is folded into the convolutions. To use the model with --model, \
            move its folder to the folder of installed models.

            With --int8, matrix products and convolutions run in 8-bit integers. The ranges of the activations are \
            measured on faces of an archive from 'likeness pack' (--calibration), and the result is also compared on \
            faces of other people. --model does this with an installed model that embeds faces. The result is a model \
            of its own, without thresholds: fit them with 'likeness calibrate'. Measure the loss of accuracy \
            with 'likeness evaluate pairs'.
            """)

    @Option(help: ArgumentHelp("The folder of one seed of a training run.", valueName: "folder"))
    var run: String?

    @Option(help: ArgumentHelp("The installed model to quantize, instead of a run.", valueName: "name"))
    var model: String?

    @Option(help: "The name of the new model.")
    var name: String

    @Option(help: ArgumentHelp("The folder in which the model's folder is created.", valueName: "folder"))
    var to: String

    @Option(
        help: ArgumentHelp(
            """
            Also write the network without FaceNet-128's weights; scripts/setup can add them again.
            """, valueName: "file"))
    var withoutTrunk: String?

    @Option(help: "A description of the training data, for the card.")
    var trainingData = "people of CelebA, Glint360K and pins (non-commercial research)"

    @Option(
        help: ArgumentHelp(
            """
            A picture with faces, for comparing the two engines; may be repeated.
            """, valueName: "file"))
    var check: [String] = []

    @Flag(name: .customLong("int8"), help: "Quantize the network to 8-bit integers.")
    var isQuantized = false

    @Option(
        help: ArgumentHelp(
            """
            The archive of faces on which --int8 measures the ranges of activations.
            """, valueName: "folder"))
    var calibration: String?

    @Option(help: "The number of faces to use from --calibration. (default: 256)")
    var calibrationFaces: Int?

    @Flag(name: .shortAndLong, help: "Print no progress to the standard error.")
    var quiet = false

    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
        let letters = CharacterSet.alphanumerics, others = CharacterSet(charactersIn: "._-")
        guard let first = name.unicodeScalars.first, letters.contains(first), name.utf8.count <= 200,
            name.unicodeScalars.allSatisfy({ letters.contains($0) || others.contains($0) })
        else {
            throw ValidationError(
                "--name must begin with a letter or digit and have only letters, digits, dots, hyphens and underscores")
        }
        for (option, path) in [("--to", to), ("--run", run), ("--model", model), ("--calibration", calibration)]
        where path?.isEmpty == true {
            throw ValidationError("\(option) must not be empty")
        }
        guard (run == nil) != (model == nil) else { throw ValidationError("either --run or --model is needed") }
        if model != nil, !isQuantized { throw ValidationError("--model needs --int8") }
        guard isQuantized == (calibration != nil) else {
            throw ValidationError("--int8 and --calibration must be used together")
        }
        if withoutTrunk != nil, isQuantized {
            throw ValidationError(
                "--without-trunk can't be used with --int8, because quantized weights are not those of FaceNet-128")
        }
        if calibrationFaces != nil, !isQuantized { throw ValidationError("--calibration-faces needs --int8") }
        if let calibrationFaces, !(1...100_000).contains(calibrationFaces) {
            throw ValidationError("--calibration-faces must be from 1 to 100000")
        }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.export() }
    }

    private func export() async throws {
        let installed = try model.map { try Installation.locate().modelDirectory($0).path }
        let folders = [run, installed, calibration].compactMap(\.self)
        let inputs = InputFiles(
            check + folders.flatMap { FolderListing(SystemPath($0)).entries.map(\.path.text) })
        try InputFiles.checkDistinct([output.output, withoutTrunk])
        try inputs.check(withoutTrunk)
        if let withoutTrunk { try OutputFile.checkPlace(withoutTrunk) }
        let writer = try SingleWriter(output, keeping: inputs)
        let export = ModelExport(
            model.map { .installed($0) } ?? .run(URL(filePath: run ?? "")), name: name, in: URL(filePath: to),
            trainingData: trainingData)
        if export.isGenerator, withoutTrunk != nil || isQuantized {
            throw Failure.badOption(
                "a generator can't be exported with --without-trunk or --int8", remedy: "leave the option out")
        }
        let progress = Mutex<BatchProgress?>(nil), quiet = quiet
        let result = try await export.run(
            .locate(), comparingOn: check.map { URL(filePath: $0) },
            calibration: calibration.map { .init(archive: URL(filePath: $0), count: calibrationFaces ?? 256) },
            withoutTrunk: withoutTrunk.map { URL(filePath: $0) }
        ) { event in
            progress.withLock { progress in
                switch event {
                case .calibrates(let faces): progress = BatchProgress(total: faces, unit: "faces", quiet: quiet)
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
}
