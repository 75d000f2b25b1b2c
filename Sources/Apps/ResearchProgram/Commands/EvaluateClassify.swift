import ArgumentParser
import Evaluation
import Foundation
import LikenessCommand
import LikenessSupport
import Measurements
import Reports

/// `likeness evaluate classify`
struct EvaluateClassify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify",
        abstract: """
            Measure closed-set identification by a softmax classifier on embeddings: accuracy, F1, AUC, confusions.
            """,
        discussion: """
            The classifier is trained on some pictures of each person and tested on the others, with several random \
            seeds. The regularization (--ridge) is chosen on a part of the training pictures, never on the test \
            pictures. For comparison, each test picture is also assigned to the person with the nearest mean \
            embedding, which needs no training. Pictures without a face, and people with only one picture, are left \
            out and counted. An altered copy (--test-images) without a face counts as an error.
            """)

    @OptionGroup var identities: IdentityOptions
    @OptionGroup var measuring: MeasuringOptions
    @OptionGroup var reporting: ReportOptions

    @Option(
        help: """
            The share of each person's pictures for training, between 0 and 1; at least one picture trains and one \
            tests. (default: 0.8)
            """)
    var trainingShare: Double?

    @Option(
        help: """
            Divide the pictures into this number of folds instead; each is tested by a classifier trained on the others.
            """)
    var folds: Int?

    @Option(help: "The number of random divisions; their seeds are 1, 2, …")
    var seeds: UInt64 = 5

    @Option(
        name: .customLong("ridge"),
        help: "A candidate for the weight of the L2 regularization; may be repeated.")
    var ridges: [Double] = ClosedSetClassification.usualRidges

    @Option(
        help: ArgumentHelp(
            """
            Test on altered copies of the pictures in this folder, with the same names, such as from 'likeness \
            augment'.
            """,
            valueName: "folder"))
    var testImages: String?

    @Option(
        help: ArgumentHelp(
            "Also write the classifier's confusion matrix over all seeds to this CSV file.",
            valueName: "file"))
    var confusion: String?

    mutating func validate() throws {
        if let trainingShare, !(trainingShare > 0 && trainingShare < 1) {
            throw ValidationError("--training-share must be between 0 and 1")
        }
        if trainingShare != nil, folds != nil {
            throw ValidationError("--training-share and --folds can't be used together")
        }
        if let folds, !(2...1000).contains(folds) { throw ValidationError("--folds must be from 2 to 1000") }
        if !(1...1000).contains(seeds) { throw ValidationError("--seeds must be from 1 to 1000") }
        for ridge in ridges where !(ridge > 0 && ridge.isFinite) { throw ValidationError("--ridge must be above 0") }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.measure() }
    }

    private func measure() async throws {
        try InputFiles.checkDistinct([measuring.output.output, confusion])
        if let testImages { try MeasuringOptions.check(folder: testImages) }
        let writer = try SingleWriter(measuring.output, hasCSV: true, keeping: identities.inputs)
        let folder = try reporting.folder(keeping: identities.inputs)
        try identities.inputs.check(confusion)
        let matrix = try confusion.map { try OutputFile($0) }
        let pictures = try identities.pictures(in: measuring.folder)
        let recognizer = try await measuring.recognizer(count: pictures.count * (testImages == nil ? 1 : 2))
        let division = folds.map { ClosedSetClassification.Division.folds($0) } ?? .share(trainingShare ?? Self.share)
        let evaluation = ClassificationEvaluation(
            division, ridges: ridges, seeds: seeds,
            copies: testImages.map { URL(filePath: $0, directoryHint: .isDirectory) })
        let result = try await evaluation.measure(pictures, reading: measuring.reading(), by: recognizer)
        let record = MeasuredReport(
            conditions: Conditions(result.conditions),
            report: try ClassificationRecord(
                result.classification, failedImages: result.failedImages, failedTests: result.failedTests,
                testImages: testImages, seeds: seeds, ridges: ridges))
        if let folder {
            let page = await result.page(
                provenance: ReportOptions.provenance([identities.fact(in: measuring.images)]))
            try folder.write(page, record: SingleWriter.json(record))
        }
        if let matrix {
            try matrix.write(CSV.text(result.classification.confusion(by: .softmax).rows))
            try matrix.finish()
        }
        try writer.write(record, table: record.conditions.text + record.report.table, csv: record.report.rows)
        try result.notes.checkAllRead()
    }

    /// The default share of the pictures for training.
    private static let share = 0.8
}

extension ConfusionMatrix {
    /// A heading, and a row for each person: the number of pictures that were assigned to each person, and to nobody.
    fileprivate var rows: [[String]] {
        let counts = counts
        return [["person"] + classes + ["(nobody)"]]
            + classes.indices.map { [classes[$0]] + counts[$0].map { "\($0)" } + ["\(unanswered[$0])"] }
    }
}
