import ArgumentParser
import Faces
import Foundation
import Recognition

/// `likeness verify A B`
struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say whether two pictures show the same person.",
        discussion: """
            Of each picture the largest face near the center is compared; how many there were is said. Exit status 0 \
            for a match, 1 for none.
            """)

    @Argument(help: "A picture, or - for the standard input.") var a: String
    @Argument(help: "Another.") var b: String
    @OptionGroup var detection: DetectionOptions
    @OptionGroup var embedding: EmbeddingOptions
    @OptionGroup var decisions: DecisionOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "Which face of each picture: the largest near the center, or the largest.")
    var face: FaceSelection = .center

    mutating func validate() throws {
        if face == .all { throw ValidationError("verify compares one face of each picture: --face center or largest") }
        if a == "-", b == "-" { throw ValidationError("only one of the two pictures can be the standard input") }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.compare() }
    }

    private func compare() async throws {
        let writer = try SingleWriter(output, hasCSV: true)
        let pictures = (try Self.picture(a), try Self.picture(b))
        let recognizer = try await Recognizer(
            installation: .locate(),
            configuration: detection.configuration(
                count: 2, model: embedding.model ?? RecognizerConfiguration.defaultModel,
                averagesMirrored: embedding.mirror),
            limits: detection.limits, expecting: [pictures.0, pictures.1])
        guard let card = recognizer.embedder?.card else { return }
        let rule = try decisions.rule(card)
        let (first, second) = (try await side(pictures.0, recognizer), try await side(pictures.1, recognizer))
        let record = VerificationRecord(
            decision: try rule.decide(first.face, second.face), prior: rule.prior,
            model: card.identity.description, detector: recognizer.detector.name, precision: recognizer.precision,
            a: first.record, b: second.record)
        try writer.write(record, table: table(record), csv: rows(record))
        throw (record.decision.isMatch ? ExitStatus.done : .negative).code
    }

    private static func picture(_ argument: String) throws -> PictureSource {
        let list = try PictureList([argument], standardInput: PictureOptions.standardInput)
        guard list.sources.count == 1, let picture = list.sources.first else {
            throw Failure.badOption("verify compares two pictures: \(argument) is \(list.sources.count)")
        }
        return picture
    }

    private func side(
        _ picture: PictureSource, _ recognizer: Recognizer
    ) async throws -> (face: EmbeddedFace, record: VerificationRecord.Side) {
        do {
            let analysis = try await recognizer.analyze(picture, selecting: face)
            guard let observation = analysis.faces.first, let embedded = EmbeddedFace(observation) else {
                throw RecognitionError.noFace
            }
            var face = FaceRecord(observation)
            face.embedding = nil
            return (
                embedded,
                VerificationRecord.Side(
                    image: picture.name, faceCount: analysis.faceCount, face: face,
                    enhancement: analysis.enhancement.rawValue)
            )
        } catch {
            throw PictureFailure(image: picture.name, underlying: error)
        }
    }

    private func rows(_ record: VerificationRecord) -> [[String]] {
        let decision = record.decision
        return [
            [
                "image a", "image b", "similarity", "threshold", "false match rate", "match", "model", "detector",
                "precision", "condition", "probability",
            ],
            [
                record.a.image, record.b.image, "\(decision.similarity)", "\(decision.threshold)",
                decision.falseMatchRate.map { "\($0)" } ?? "", "\(decision.isMatch)", record.model, record.detector,
                record.precision, decision.condition ?? "", decision.probability.map { "\($0)" } ?? "",
            ],
        ]
    }

    private func table(_ record: VerificationRecord) -> String {
        var lines = record.decision.lines(prior: record.prior)
        lines.append("model       \(record.model), detector \(record.detector), \(record.precision)")
        for side in [record.a, record.b] where side.faceCount > 1 || side.enhancement != "none" {
            let others = side.faceCount > 1 ? "\(side.faceCount) faces, the largest near the center was compared" : ""
            let look = side.enhancement == "none" ? "" : "found after \(side.enhancement)"
            lines.append("\(side.image): \([others, look].filter { !$0.isEmpty }.joined(separator: "; "))")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
