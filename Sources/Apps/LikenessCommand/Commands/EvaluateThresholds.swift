import ArgumentParser
import Evaluation
import Faces
import Foundation
import LikenessRecords
import Recognition

/// `likeness evaluate thresholds`
struct EvaluateThresholds: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "thresholds",
        abstract: "Find the similarity that impostors reach at each false match rate: all pictures against all.",
        discussion: """
            The result is what a model card holds as "calibration"; --card FILE puts it there.
            """)

    @OptionGroup var identities: IdentityOptions
    @OptionGroup var measuring: MeasuringOptions

    @Option(help: "What the pictures are, in words: the card keeps it.")
    var data: String?

    @Option(help: "What weakens the figures, in words: the card keeps it.")
    var remark = "The weights may have been trained on pictures of these people: the true rates may be higher."

    @Option(help: ArgumentHelp("Put the result into this model card.", valueName: "file"))
    var card: String?

    @Flag(help: "Replace the card's figures also where the new ones support fewer false match rates.")
    var acceptWeaker = false

    func run() async throws {
        let command = self
        try await interruptible { try await command.measure() }
    }

    private func measure() async throws {
        try InputFiles.checkDistinct([measuring.output.output, card])
        let writer = try SingleWriter(measuring.output, hasCSV: true, keeping: identities.inputs)
        let file = try card.map { try CardFile($0) }
        let pictures = try identities.pictures(in: measuring.folder)
        let recognizer = try await measuring.recognizer(count: pictures.count)
        guard let model = recognizer.embedder?.card, let dimension = model.dimension else { return }
        try file?.check(isOf: model)
        let people = try await EmbeddedPeople(pictures, measuring: measuring, by: recognizer)
        let (rows, labels) = people.rows(people.labels.indices)
        let failed = people.failed, source = identities.people.map { URL(filePath: $0) } ?? measuring.folder
        if !measuring.detection.quiet {
            Terminal.note(
                "\(counted(labels.count, "picture")) embedded, \(people.withoutFace) without a face; comparing all with all"
            )
        }
        let measured = try await ImpostorCalibration(embeddings: rows, dimension: dimension, labels: labels)
        let calibration = MatchCalibration(
            measured, data: data ?? source.lastPathComponent,
            conditions: "detector \(recognizer.detector.name), \(recognizer.precision), "
                + "\(failed) of \(pictures.count) pictures without a face"
                + (people.notes.unreadable.isEmpty ? "" : ", \(people.notes.unreadable.count) of these unreadable"),
            remark: remark,
            command: "likeness evaluate thresholds --\(identities.people == nil ? "images" : "people") "
                + "\(source.lastPathComponent) "
                + "--model \(model.name) --detector \(recognizer.detector.name)"
                + (identities.perPerson.map { " --per-person \($0)" } ?? ""))
        try file?.checkSupport(of: calibration, acceptsWeaker: acceptWeaker)
        try file?.rewrite(of: model) { $0.calibration = calibration }
        try writer.write(
            MatchCalibrationRecord(calibration),
            table: Conditions(recognizer, measuring, people.notes).text
                + Models.Show.text(calibration),
            csv: Self.rows(calibration))
        if !measuring.detection.quiet, let remark = calibration.defaultRateRemark { Terminal.note(remark) }
        try people.notes.checkAllRead()
    }

    private static func rows(_ calibration: MatchCalibration) -> [[String]] {
        [["falseMatchRate", "threshold", "falseNonMatchRate"]]
            + calibration.points.map { ["\($0.falseMatchRate)", "\($0.threshold)", "\($0.falseNonMatchRate)"] }
    }
}

extension MatchCalibration {
    /// What is to be said of a card that can't support the rate that commands take unless they are told another; `nil` where
    /// it does.
    var defaultRateRemark: String? {
        guard (try? threshold(falseMatchRate: ThresholdOptions.defaultRate)) == nil else { return nil }
        let lowest = lowestUsableRate
        return "the card rests on \(counted(people, "person", "people")) and can't support the usual --fmr "
            + "\(String(format: "%g", ThresholdOptions.defaultRate)): "
            + (lowest.map { "the lowest rate that it supports is \(String(format: "%g", $0))" } ?? "it supports none")
            + "; pictures of more people support lower ones"
    }

    /// The lowest of its rates that its people support; `nil` where they support none.
    var lowestUsableRate: Double? {
        points.map(\.falseMatchRate).last { (try? threshold(falseMatchRate: $0)) != nil }
    }

    /// A card's figures from a measurement.
    init(_ measured: ImpostorCalibration, data: String, conditions: String, remark: String, command: String) {
        self.init(
            points: measured.points.map {
                OperatingPoint(
                    falseMatchRate: $0.falseMatchRate, threshold: $0.threshold,
                    falseNonMatchRate: $0.falseNonMatchRate)
            },
            data: data, people: measured.people, pictures: measured.pictures, impostorPairs: measured.impostorPairs,
            peoplePairs: measured.peoplePairs, matedPairs: measured.matedPairs, conditions: conditions,
            remark: remark, command: command)
    }
}
