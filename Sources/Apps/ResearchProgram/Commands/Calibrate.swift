import ArgumentParser
import Datasets
import Faces
import Foundation
import LikenessCommand
import LikenessRecords
import LikenessSupport
import Measurements
import Recognition

/// `likeness calibrate`
struct Calibrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: ResearchCommands.abstract(of: "calibrate"),
        discussion: """
            Three things are fitted: a threshold for each false match rate, from all pairs of photographs of different \
            people; thresholds by condition, from unaltered photographs and from photographs that are altered in \
            memory (other sizes, masks, less light, blur); and the probability of a match for each similarity. Before \
            that, everything is fitted on half of the people and tested on the other half; the report shows the result \
            of this test. 'Experiments/decisions/calibrate MODEL' prepares the pictures and runs this command.
            """)

    @OptionGroup var identities: IdentityOptions
    @OptionGroup var measuring: MeasuringOptions

    @Option(
        help: ArgumentHelp(
            "Pictures of children: CSV with the columns file,identity; one picture per child.", valueName: "file"))
    var children: String?

    @Option(help: "The maximum number of pictures to alter per person.") var altered = 2

    @Option(help: "The maximum number of pictures to alter in all; the first ones are used.") var alteredInAll = 2100

    @Option(help: "A description of the pictures, for the card.") var data: String?

    @Option(help: "A remark on the limits of the figures, for the card.")
    var remark = "The weights may have been trained on pictures of these people: the true rates may be higher."

    @Option(
        help: """
            The maximum number of impostor comparisons per condition; they are sampled at random.
            """) var impostors = 400_000

    @Option(help: "The random seed for sampling comparisons and dividing people.") var seed: UInt64 = 1

    @Option(help: ArgumentHelp("The model card to write the result to.", valueName: "file")) var card: String?

    @Flag(help: "Remove the card's thresholds for children if --children is not given.")
    var forgetChildren = false

    @Flag(help: "Replace the card's figures even if the new ones support fewer false match rates.")
    var acceptWeaker = false

    mutating func validate() throws {
        guard (1000...10_000_000).contains(impostors) else {
            throw ValidationError(
                """
                --impostors must be from 1000 to 10000000: fewer are too few for thresholds, and more need too \
                much memory
                """
            )
        }
        guard (1...10_000_000).contains(altered), (1...10_000_000).contains(alteredInAll) else {
            throw ValidationError("--altered and --altered-in-all must be from 1 to 10000000")
        }
        if measuring.detection.noMasks { throw ValidationError("the thresholds depend on masks: leave --no-masks out") }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.measure() }
    }

    /// Checks that thresholds for children would not be lost. With the common threshold, two children would be taken
    /// for the same person too often.
    private func checkChildren(_ file: CardFile?) throws {
        guard let card, let file, children == nil, !forgetChildren else { return }
        guard try file.card.adaptiveThresholds?.cells.contains(where: { $0.kind == .child }) ?? false else { return }
        throw Failure.badOption(
            "\(card) has thresholds for children, which would be lost",
            remedy: "give pictures of children with --children, or remove these thresholds with --forget-children")
    }

    private func measure() async throws {
        try InputFiles.checkDistinct([measuring.output.output, card])
        let writer = try SingleWriter(
            measuring.output, keeping: InputFiles([identities.people, children].compactMap(\.self)))
        if let card { try OutputFile.checkPlace(card) }
        let file = try card.map { try CardFile($0) }
        try checkChildren(file)
        let photographs = try identities.pictures(in: measuring.folder)
        let young = try children.map { try IdentityList(contentsOf: URL(filePath: $0)).pictures } ?? []
        let recognizer = try await measuring.recognizer(count: photographs.count)
        guard recognizer.finder.maskEstimator != nil else { throw MeasurementError.noMaskClassifier }
        try file?.check(isOf: recognizer.embedder.card)
        let result = try await CalibrationEvaluation(options).measure(
            photographs, children: young,
            reading: measuring.reading { faces, _ in
                "\(counted(faces, "face")) embedded; fitting on half of the people"
            }, by: recognizer)
        try file?.checkSupport(of: result.calibration, acceptsWeaker: acceptWeaker)
        try file?.rewrite(of: result.model) { card in
            (card.calibration, card.adaptiveThresholds) = (result.calibration, result.thresholds)
            card.probability = result.probability
        }
        let record = CalibrationRecord(result)
        try writer.write(CardCalibrationRecord(record), table: record.table)
        if !measuring.detection.quiet, let remark = record.calibration.defaultRateRemark { Terminal.note(remark) }
        try result.notes.checkAllRead()
    }

    private var options: CalibrationEvaluation.Options {
        var options = CalibrationEvaluation.Options(
            data: data ?? identities.people ?? measuring.images, remark: remark)
        (options.altered, options.alteredInAll) = (altered, alteredInAll)
        (options.impostors, options.seed) = (impostors, seed)
        return options
    }
}
