public import ArgumentParser
import Datasets
import Explanations
import Faces
import Foundation
import LikenessCommand
import Measurements
import Recognition

extension ExplanationMethod: ExpressibleByArgument {}
extension HidingFill: ExpressibleByArgument {}

/// `likeness evaluate explanations`
struct EvaluateExplanations: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explanations",
        abstract: "Test the maps of 'likeness explain': whether hiding the marked parts reduces the similarity.",
        discussion: """
            A map is computed for the first face of each mated pair. Then the fifth of the face that the map marks as \
            most important is hidden, with each kind of fill. As controls, an equal area is hidden: random cells, \
            random blobs, or the parts that the map of another face marks. The exit status is 0 if hiding by the map \
            reduces the similarity significantly more than random cells and blobs do, otherwise 1.
            """)

    @Option(
        help: ArgumentHelp(
            """
            The list of pairs: LFW's pairs.txt, or CSV with the columns image_a,image_b,same.
            """, valueName: "file"))
    var pairs: String

    @Option(help: ArgumentHelp("The folder to which the file names of the list are relative.", valueName: "folder"))
    var images: String

    @Option(help: "The maximum number of mated pairs; they are spread evenly over the list.")
    var count = 500

    @Option(help: "The method that computes the maps: patches, revealed, both or random.")
    var method: ExplanationMethod = Explainer.usualMethod

    @Option(help: "The fill for the parts that the method hides: blur or mean.")
    var fill: HidingFill = Explainer.usualFill

    @OptionGroup var detection: DetectionOptions
    @OptionGroup var embedding: EmbeddingOptions
    @OptionGroup var output: OutputOptions

    @Option(
        help: "The face to use: center (the largest near the center) or largest. (default: center)",
        transform: FaceSelection.one)
    var face: FaceSelection = .center

    mutating func validate() throws {
        if !(1...1_000_000).contains(count) { throw ValidationError("--count must be from 1 to 1000000") }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.measure() }
    }

    private func measure() async throws {
        try MeasuringOptions.check(folder: images)
        let writer = try SingleWriter(output, keeping: InputFiles([pairs]))
        let list = try PairList(contentsOf: URL(filePath: pairs))
        let recognizer = try await Recognizer(
            installation: .locate(),
            configuration: detection.configuration(
                count: 1, model: embedding.model, averagesMirrored: embedding.mirror),
            limits: detection.limits)
        let reading = PictureReading(
            folder: URL(filePath: images, directoryHint: .isDirectory), selection: face,
            observer: MeasurementDisplay(quiet: detection.quiet).observer())
        let result = try await ExplanationsEvaluation(count: count, method: method, fill: fill).measure(
            list, reading: reading, by: recognizer)
        let record = MeasuredReport(
            conditions: Conditions(result.conditions),
            report: ExplanationsRecord(result, method: method, fill: fill))
        try writer.write(record, table: record.conditions.text + record.report.table)
        try result.conditions.notes.checkAllRead()
        throw (result.report.holds ? ExitStatus.done : .negative).code
    }
}

extension ExplanationsRecord {
    init(_ result: ExplanationsEvaluation.Result, method: ExplanationMethod, fill: HidingFill) {
        self.init(
            method: method.rawValue, fill: fill.rawValue, share: result.share, draws: result.draws,
            holds: result.report.holds, secondsPerMap: result.secondsPerMap,
            embeddingsPerMap: result.embeddingsPerMap,
            failures: result.failures.map { FailedPair(imageA: $0.imageA, imageB: $0.imageB, reason: $0.reason) },
            report: result.report)
    }
}
