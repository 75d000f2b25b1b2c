import ArgumentParser
import Faces
import Foundation
import Likeness
import LikenessCommand
import LikenessRecords
import LikenessSupport
import Measurements
import Recognition

/// `likeness evaluate thresholds`
struct EvaluateThresholds: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "thresholds",
        abstract: "Find the threshold for each false match rate, from all pairs of pictures.",
        discussion: """
            The result has the form of the "calibration" of a model card; --card writes it to a card. Unlike 'likeness \
            calibrate', this command fits neither thresholds by condition nor probabilities.
            """)

    @OptionGroup var identities: IdentityOptions
    @OptionGroup var measuring: MeasuringOptions

    @Option(help: "A description of the pictures, for the card.")
    var data: String?

    @Option(help: "A remark on the limits of the figures, for the card.")
    var remark = "The weights may have been trained on pictures of these people: the true rates may be higher."

    @Option(help: ArgumentHelp("The model card to write the result to.", valueName: "file"))
    var card: String?

    @Flag(help: "Replace the card's figures even if the new ones support fewer false match rates.")
    var acceptWeaker = false

    func run() async throws {
        let command = self
        try await interruptible { try await command.measure() }
    }

    private func measure() async throws {
        try InputFiles.checkDistinct([measuring.output.output, card])
        let writer = try SingleWriter(measuring.output, hasCSV: true, keeping: identities.inputs)
        if let card { try OutputFile.checkPlace(card) }
        let file = try card.map { try CardFile($0) }
        let pictures = try identities.pictures(in: measuring.folder)
        let recognizer = try await measuring.recognizer(count: pictures.count)
        try file?.check(isOf: recognizer.embedder.card)
        let source = identities.people.map { URL(filePath: $0) } ?? measuring.folder
        let option = identities.people == nil ? "images" : "people"
        let perPerson = identities.perPerson.map { " --per-person \($0)" } ?? ""
        let evaluation = ThresholdsEvaluation(data: data ?? source.lastPathComponent, remark: remark) {
            "likeness evaluate thresholds --\(option) \(source.lastPathComponent) --model \($0) --detector \($1)\(perPerson)"
        }
        let result = try await evaluation.measure(
            pictures, reading: measuring.reading(MeasurementDisplay.comparingAll), by: recognizer)
        let calibration = result.calibration
        try file?.checkSupport(of: calibration, acceptsWeaker: acceptWeaker)
        try file?.rewrite(of: result.model) { $0.calibration = calibration }
        try writer.write(
            MatchCalibrationRecord(calibration),
            table: Conditions(result.conditions).text + calibration.table,
            csv: Self.rows(calibration))
        if !measuring.detection.quiet, let remark = calibration.defaultRateRemark { Terminal.note(remark) }
        try result.conditions.notes.checkAllRead()
    }

    private static func rows(_ calibration: MatchCalibration) -> [[String]] {
        [["falseMatchRate", "threshold", "falseNonMatchRate"]]
            + calibration.points.map { ["\($0.falseMatchRate)", "\($0.threshold)", "\($0.falseNonMatchRate)"] }
    }
}

extension MatchCalibration {
    /// A remark if the card does not support the default false match rate of the commands; otherwise `nil`.
    var defaultRateRemark: String? {
        guard (try? threshold(falseMatchRate: ThresholdOptions.defaultRate)) == nil else { return nil }
        let lowest = lowestUsableRate
        return "the card is based on \(counted(people, "person", "people")) and can't support the default --fmr "
            + "\(significant(ThresholdOptions.defaultRate)): "
            + (lowest.map { "the lowest rate that it supports is \(significant($0))" } ?? "it supports none")
            + "; pictures of more people support lower rates"
    }
}
