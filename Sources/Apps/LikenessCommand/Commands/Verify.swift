import ArgumentParser
import Faces
import Foundation
import Likeness
import LikenessRecords
import Recognition

/// `likeness verify A B`
struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Decide whether two pictures show the same person.",
        discussion: """
            One face of each picture is compared: the largest near the center or, with --face largest, the largest. If \
            a picture has several faces, the result says so. If a picture has a large face, small ones are not \
            searched for. The exit status is 0 for a match and 1 for no match.
            """)

    @OptionGroup var pictures: TwoPictures
    @OptionGroup var detection: DetectionOptions
    @OptionGroup var embedding: EmbeddingOptions
    @OptionGroup var decisions: DecisionOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let command = self
        try await interruptible { try await command.compare() }
    }

    private func compare() async throws {
        let writer = try SingleWriter(output, hasCSV: true, keeping: pictures.inputs)
        let sources = try pictures.sources(limits: detection.limits)
        var configuration = detection.service(count: 2, model: embedding.model, averagesMirrored: embedding.mirror)
        // The table and CSV don't show the quality of the faces, and its network takes a twelfth of the whole time.
        if [.table, .csv].contains(output.format) { configuration.recognizer.finder.estimatesQuality = false }
        let service = try UntilExit.keep(FaceService(configuration: configuration))
        let answer = try await service.verify(
            sources.0, sources.1, selecting: pictures.face, by: decisions.policy, remarked: detection.noteRemarks)
        let record = VerificationRecord(answer)
        try writer.write(record, table: table(record), csv: rows(record))
        throw (record.decision.match ? ExitStatus.done : .negative).code
    }

    private func rows(_ record: VerificationRecord) -> [[String]] {
        let decision = record.decision
        return [
            [
                "image a", "image b", "similarity", "threshold", "false match rate", "match", "model", "detector",
                "precision", "condition", "probability", "remark",
            ],
            [
                record.a.image, record.b.image, "\(decision.similarity)", "\(decision.threshold)",
                decision.falseMatchRate.map { "\($0)" } ?? "", "\(decision.match)", record.model, record.detector,
                record.precision, decision.condition ?? "", decision.probability.map { "\($0)" } ?? "",
                decision.remark ?? "",
            ],
        ]
    }

    private func table(_ record: VerificationRecord) -> String {
        var lines = record.decision.lines
        lines.append("model       \(record.model), detector \(record.detector), \(record.precision)")
        for side in [record.a, record.b] {
            let others =
                side.faceCount > 1 ? "at least \(side.faceCount) faces, \(pictures.face.words) was compared" : ""
            let look = side.enhancement == "none" ? "" : "found after \(side.enhancement)"
            let turned = side.face.look?.turned ?? 0
            let turn = turned == 0 ? "" : "the face is turned clockwise by \(turned) degrees, and was turned upright"
            let remarks = [others, look, turn].filter { !$0.isEmpty }
            if !remarks.isEmpty { lines.append("\(side.image.printable): \(remarks.joined(separator: "; "))") }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
