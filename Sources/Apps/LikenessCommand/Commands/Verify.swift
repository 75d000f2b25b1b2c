import ArgumentParser
import Faces
import Foundation
import LikenessRecords
import Recognition

/// `likeness verify A B`
struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say whether two pictures show the same person.",
        discussion: """
            Of each picture the largest face near the center is compared, or with --face largest the largest. Where a \
            picture has several faces, the answer says so; beside a large face, small ones are not searched for. Exit \
            status 0 for a match, 1 for none.
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
        let recognizer = try await UntilExit.keep(
            Recognizer(
                installation: .locate(),
                configuration: detection.configuration(
                    count: 2, model: embedding.model ?? RecognizerConfiguration.defaultModel,
                    averagesMirrored: embedding.mirror),
                limits: detection.limits, expecting: [sources.0, sources.1], selecting: pictures.face))
        let card = recognizer.embedder.card
        let rule = try decisions.rule(card)
        let (first, second) = (try await side(sources.0, recognizer), try await side(sources.1, recognizer))
        let record = VerificationRecord(
            decision: DecisionRecord(try rule.decide(first.face, second.face), prior: rule.prior),
            model: card.identity.description, detector: recognizer.finder.detector.name,
            precision: recognizer.precision,
            a: first.record, b: second.record)
        try writer.write(record, table: table(record), csv: rows(record))
        throw (record.decision.match ? ExitStatus.done : .negative).code
    }

    private func side(
        _ picture: PictureSource, _ recognizer: Recognizer
    ) async throws -> (face: EmbeddedFace, record: VerificationRecord.Side) {
        do {
            let analysis = try await recognizer.analyze(picture, selecting: pictures.face)
            if !detection.quiet { Terminal.note(analysis.remarks, on: picture.name) }
            guard let observation = analysis.faces.first else { throw RecognitionError.noFace }
            var face = FaceRecord(observation)
            face.embedding = nil
            return (
                EmbeddedFace(observation),
                VerificationRecord.Side(
                    image: picture.name, faceCount: analysis.faceCount, enhancement: analysis.enhancement.rawValue,
                    face: face, remarks: RemarkRecord.all(analysis.remarks))
            )
        } catch {
            throw FileFailure(file: picture.name, underlying: error)
        }
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
        for side in [record.a, record.b] where side.faceCount > 1 || side.enhancement != "none" {
            let others =
                side.faceCount > 1 ? "at least \(side.faceCount) faces, \(pictures.face.words) was compared" : ""
            let look = side.enhancement == "none" ? "" : "found after \(side.enhancement)"
            lines.append("\(side.image.printable): \([others, look].filter { !$0.isEmpty }.joined(separator: "; "))")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
