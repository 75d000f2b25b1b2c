import ArgumentParser
import Datasets
import Evaluation
import Faces
import Foundation
import LikenessRecords
import Recognition

/// `likeness calibrate`
struct Calibrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure what a model's similarities mean on pictures of people, and write it into the model's card.",
        discussion: """
            Three things are fitted: the one threshold at each false match rate, from every two photographs of different \
            people; thresholds by condition, from photographs as they are and altered in memory (other sizes, masks, less \
            light, blur); and the map from similarities to probabilities. Everything is fitted on half of the people and \
            tested on the other half first, and that is reported. 'Experiments/decisions/calibrate MODEL' prepares the \
            pictures and runs this.
            """)

    @OptionGroup var identities: IdentityOptions
    @OptionGroup var measuring: MeasuringOptions

    @Option(
        help: ArgumentHelp(
            "A list of pictures of children, one a child, CSV with file,identity: strangers only.", valueName: "file"))
    var children: String?

    @Option(help: "How many pictures of a person are altered.") var altered = 2

    @Option(help: "How many pictures are altered at most, the first of the list.") var alteredInAll = 2100

    @Option(help: "What the pictures are, in words: the card keeps it.") var data: String?

    @Option(help: "What weakens the figures, in words: the card keeps it.")
    var remark = "The weights may have been trained on pictures of these people: the true rates may be higher."

    @Option(help: "How many comparisons of two people are drawn for each condition, at most.") var impostors = 400_000

    @Option(help: "Another seed, other comparisons and halves.") var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Put the result into this model card.", valueName: "file")) var card: String?

    @Flag(help: "Let the thresholds for children go that the card has, where no --children are given.")
    var forgetChildren = false

    @Flag(help: "Replace the card's figures also where the new ones support fewer false match rates.")
    var acceptWeaker = false

    mutating func validate() throws {
        guard (1000...10_000_000).contains(impostors) else {
            throw ValidationError("--impostors is 1000 to 10000000: fewer say nothing, and more fill the memory")
        }
        guard (1...10_000_000).contains(altered), (1...10_000_000).contains(alteredInAll) else {
            throw ValidationError("--altered and --altered-in-all are 1 to 10000000")
        }
        if measuring.detection.noMasks { throw ValidationError("decisions follow masks: leave out --no-masks") }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.measure() }
    }

    /// Refuses to replace thresholds for children by none: two children would be taken for one person by the threshold for
    /// everybody.
    private func checkChildren(_ file: CardFile?) throws {
        guard let card, let file, children == nil, !forgetChildren else { return }
        guard try file.card.adaptiveThresholds?.cells.contains(where: { $0.kind == .child }) ?? false else { return }
        throw Failure.badOption(
            "\(card) has thresholds for children, which would be lost",
            remedy: "name pictures of children with --children, or let the thresholds go with --forget-children")
    }

    private func measure() async throws {
        try InputFiles.checkDistinct([measuring.output.output, card])
        let writer = try SingleWriter(
            measuring.output, keeping: InputFiles([identities.people, children].compactMap(\.self)))
        let file = try card.map { try CardFile($0) }
        try checkChildren(file)
        let photographs = try identities.pictures(in: measuring.folder)
        let young = try children.map { try IdentityList(contentsOf: URL(filePath: $0)).pictures } ?? []
        let recognizer = try await measuring.recognizer(count: photographs.count)
        guard let embedder = recognizer.embedder?.card, recognizer.maskEstimator != nil else {
            throw Failure.badOption(
                "decisions follow masks, and no mask classifier is installed", remedy: "run scripts/setup")
        }
        try file?.check(isOf: embedder)
        let pool = try await CalibrationPool(
            photographs, children: young, altered: altered, most: alteredInAll, measuring: measuring, by: recognizer)
        let fitter = CalibrationFitter(
            impostors: impostors, seed: seed, data: data ?? identities.people ?? measuring.images,
            conditions: "detector \(recognizer.detector.name), \(recognizer.precision), "
                + "\(pool.failed) of \(photographs.count) photographs without a face"
                + (pool.notes.unreadable.isEmpty ? "" : ", \(pool.notes.unreadable.count) unreadable"), remark: remark,
            command: "Experiments/decisions/calibrate \(embedder.name)")
        if !measuring.detection.quiet {
            Terminal.note("\(counted(pool.pictures.count, "face")) embedded; fitting on half of the people")
        }
        let record = try await fitter.record(pool, model: embedder)
        try file?.checkSupport(of: record.calibration, acceptsWeaker: acceptWeaker)
        try file?.rewrite(of: embedder) { card in
            (card.calibration, card.adaptiveThresholds) = (record.calibration, record.thresholds)
            card.probability = record.probability
        }
        try writer.write(CardCalibrationRecord(record), table: record.table)
        if !measuring.detection.quiet, let remark = record.calibration.defaultRateRemark { Terminal.note(remark) }
        try pool.notes.checkAllRead()
    }
}
