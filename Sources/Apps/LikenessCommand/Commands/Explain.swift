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
        abstract: "Show which parts of two faces their similarity rests on.",
        discussion: """
            Parts of one face are hidden one after the other, and the similarity with the other face is measured \
            again. The loss is the contribution of the part. Orange parts make the faces more alike, blue parts less. \
            The exit status is 0 for a match, 1 for no match.
            """)

    @OptionGroup var pictures: TwoPictures
    @OptionGroup var detection: DetectionOptions
    @OptionGroup var embedding: EmbeddingOptions
    @OptionGroup var decisions: DecisionOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("Draw both faces with their maps, as .png, .jpg or .webp.", valueName: "file"))
    var to: String?

    @Flag(help: "Also show the attention of the network, if it has attention.")
    var attention = false

    mutating func validate() throws {
        if let to, ImageEncoding(pathExtension: URL(filePath: to).pathExtension) == nil {
            throw ValidationError("--to is a name that ends in .png, .jpg or .webp")
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
