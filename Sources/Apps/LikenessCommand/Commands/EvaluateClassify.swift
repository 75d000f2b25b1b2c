import ArgumentParser
import Evaluation
import Foundation
import LikenessSupport
import Measurements
import Reports

/// `likeness evaluate classify`
struct EvaluateClassify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify",
        abstract: "Closed-set identification by a softmax classifier on embeddings: accuracy, F1, AUC, confusion.",
        discussion: """
            Some pictures of each person train the classifier and the others test it, over several seeds. The \
            regularization (--ridge) is chosen on a part of the training pictures, never on the test pictures. For \
            comparison, each test picture is also assigned to the person with the nearest mean embedding, which needs \
            no training. Pictures without a face, and people with only one picture, are left out and counted; an \
            altered copy (--test-images) without a face counts as an error.
            """)

    @OptionGroup var identities: IdentityOptions
    @OptionGroup var measuring: MeasuringOptions
    @OptionGroup var reporting: ReportOptions

    @Option(help: "The share of each person's pictures for training, at least one and not all. (default: 0.8)")
    var trainingShare: Double?

    @Option(help: "Use this number of folds instead; each is tested by a classifier trained on the others.")
    var folds: Int?

    @Option(help: "The number of random divisions, with the seeds 1, 2, …")
    var seeds: UInt64 = 5

    @Option(
        name: .customLong("ridge"),
        help: "A candidate for the weight of the L2 regularization; may be repeated.")
    var ridges: [Double] = ClosedSetClassification.usualRidges

    @Option(
        help: ArgumentHelp(
            "Test altered copies with the same names instead, such as those from 'likeness augment'.",
            valueName: "folder"))
    var testImages: String?

    @Option(
        help: ArgumentHelp(
            "Write the classifier's confusion matrix over all seeds to this CSV file.",
            valueName: "file"))
    var confusion: String?

    mutating func validate() throws {
        if let trainingShare, !(trainingShare > 0 && trainingShare < 1) {
            throw ValidationError("--training-share lies between 0 and 1")
        }
        if trainingShare != nil, folds != nil {
            throw ValidationError("--training-share and --folds exclude each other")
        }
        if let folds, !(2...1000).contains(folds) { throw ValidationError("--folds is 2 to 1000") }
        if !(1...1000).contains(seeds) { throw ValidationError("--seeds is 1 to 1000") }
        for ridge in ridges where !(ridge > 0 && ridge.isFinite) { throw ValidationError("--ridge is more than 0") }
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

    /// The share that is learned from unless another one is given.
    private static let share = 0.8
}

extension ConfusionMatrix {
    /// A heading, and a row for each person: how often they were taken for whom, and for nobody.
    fileprivate var rows: [[String]] {
        let counts = counts
        return [["person"] + classes + ["(nobody)"]]
            + classes.indices.map { [classes[$0]] + counts[$0].map { "\($0)" } + ["\(unanswered[$0])"] }
    }
}
