import ArgumentParser
import Explanations
import FaceNetworks
import Faces
import Foundation
import Inference
import Likeness
import LikenessRecords
import Pixels
import Recognition

/// `likeness explain A B`
struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show which parts of two faces make them similar or different.",
        discussion: """
            Small parts of one face are hidden in turn, and the similarity to the other face is measured again. The \
            drop in similarity is the part's contribution. In the picture, orange parts make the faces more similar, \
            blue parts less similar. The exit status is 0 for a match and 1 for no match.
            """)

    @OptionGroup var pictures: TwoPictures
    @OptionGroup var detection: DetectionOptions
    @OptionGroup var embedding: EmbeddingOptions
    @OptionGroup var decisions: DecisionOptions
    @OptionGroup var output: OutputOptions

    @Option(
        help: ArgumentHelp(
            """
            Write a picture of both faces with their maps; the name ends in .png, .jpg or .webp.
            """, valueName: "file"))
    var to: String?

    @Flag(help: "Also show the attention maps of the network, if it has attention.")
    var attention = false

    mutating func validate() throws {
        if let to, ImageEncoding(pathExtension: URL(filePath: to).pathExtension) == nil {
            throw ValidationError("--to must end in .png, .jpg or .webp")
        }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.explain() }
    }

    private func explain() async throws {
        try InputFiles.checkDistinct([output.output, to])
        let writer = try SingleWriter(output, hasCSV: true, keeping: pictures.inputs)
        let target = try to.map { try PictureFile($0, option: "--to", keeping: pictures.inputs) }
        let sources = try pictures.sources(limits: detection.limits)
        let service = try UntilExit.keep(
            FaceService(
                configuration: detection.service(
                    count: 2, model: embedding.model, averagesMirrored: embedding.mirror)))
        let explanation = try await service.explain(
            sources.0, sources.1, selecting: pictures.face, by: decisions.policy, attention: attention,
            remarked: detection.noteRemarks)
        let record = ExplanationRecord(explanation, picture: to)
        try target?.write(explanation.figure())
        try writer.write(record, table: record.table, csv: record.rows)
        throw (explanation.decision.isMatch ? ExitStatus.done : .negative).code
    }
}
