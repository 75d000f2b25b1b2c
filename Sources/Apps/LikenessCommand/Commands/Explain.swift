import ArgumentParser
import Explanations
import FaceNetworks
import Faces
import Foundation
import Inference
import LikenessRecords
import Pixels
import Recognition

/// `likeness explain A B`
struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show which parts of two faces their similarity rests on.",
        discussion: """
            Parts of one face are hidden, one after the other, and the similarity with the other face is measured anew: \
            what it loses, the part has brought. Orange speaks for the likeness, blue against it. Exit status 0 for a match, \
            1 for none.
            """)

    @OptionGroup var pictures: TwoPictures
    @OptionGroup var detection: DetectionOptions
    @OptionGroup var embedding: EmbeddingOptions
    @OptionGroup var decisions: DecisionOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("Draw both faces with their maps: PNG, JPEG or WebP by the name.", valueName: "file"))
    var to: String?

    @Flag(help: "Show what the network itself attends to, too; only networks with attention have that.")
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
        let installation = try Installation.locate()
        let settings = detection.configuration(
            count: 2, model: embedding.model ?? RecognizerConfiguration.defaultModel,
            averagesMirrored: embedding.mirror)
        let reader =
            attention ? try await installation.attentionReader(settings) : nil
        let recognizer = try await UntilExit.keep(
            Recognizer(
                installation: installation, configuration: settings, limits: detection.limits,
                expecting: [sources.0, sources.1], selecting: pictures.face))
        let embedder = recognizer.embedder
        let rule = try decisions.rule(embedder.card)
        let first = try await ExplainedFace(sources.0, pictures.face, recognizer, quiet: detection.quiet)
        let second = try await ExplainedFace(sources.1, pictures.face, recognizer, quiet: detection.quiet)
        let explainer = Explainer(embedder)
        let maps = (
            try await explainer.map(of: HidableFace(first.crop), against: second.embedding),
            try await explainer.map(of: HidableFace(second.crop), against: first.embedding)
        )
        let decision = try rule.decide(first.embedded, second.embedded)
        let seen = try await EngineExecutor.run { try [first, second].map { try reader?.maps(of: $0.crop) } }
        let record = ExplanationRecord(
            decision: DecisionRecord(decision, prior: rule.prior), model: embedder.card.identity.description,
            detector: recognizer.finder.detector.name, precision: recognizer.precision,
            template: first.crop.template.description, method: explainer.method.rawValue, fill: explainer.fill.rawValue,
            picture: to,
            a: first.record(maps.0, attention: seen[0]), b: second.record(maps.1, attention: seen[1]))
        try target?.write(figure(record.model, decision, [(first, maps.0, seen[0]), (second, maps.1, seen[1])]))
        try writer.write(record, table: record.table, csv: record.rows)
        throw (decision.isMatch ? ExitStatus.done : .negative).code
    }

    private func figure(
        _ model: String, _ decision: MatchDecision,
        _ sides: [(face: ExplainedFace, map: SimilarityMap, attention: [AttentionMap]?)]
    ) -> Image {
        // One scale for both faces: their colors compare.
        let limit = max(sides.map(\.map.cells.grid.limit).max() ?? 0, 1e-6)
        let rows = sides.map { side in
            let best = side.map.shares.prefix(3).map { "\($0.region.name) \(decimal($0.support * 100, 0)) %" }
            let map = ExplanationFigure.Panel(
                caption: best.joined(separator: ", "), grid: side.map.cells.grid, limit: limit)
            return ExplanationFigure.Row(
                caption: URL(filePath: side.face.name).lastPathComponent, face: side.face.crop.image,
                panels: [map] + (side.attention ?? []).map(Self.panel))
        }
        let end = decimal(limit, 4)
        return ExplanationFigure(
            heading: [
                "\(decision.isMatch ? "match" : "no match"): similarity "
                    + "\(decimal(decision.similarity, 3)), \(decision.basis)",
                model,
            ], rows: rows,
            scale: ("against, -\(end)", "similarity lost with a cell", "for, +\(end)")
        ).drawn()
    }

    /// Attention from its least to its largest.
    private static func panel(_ attention: AttentionMap) -> ExplanationFigure.Panel {
        let (least, most) = (attention.values.min() ?? 0, attention.values.max() ?? 0)
        let grid = HeatGrid(
            rows: attention.side, columns: attention.side, values: attention.values.map { $0 - least })
        return ExplanationFigure.Panel(
            caption: "\(attention.name): \(decimal(least, 2)) to \(decimal(most, 2))", grid: grid,
            limit: max(most - least, 1e-6))
    }
}

/// One of the two faces.
private struct ExplainedFace {
    let name: String
    let crop: AlignedFace
    private let picture: AlignedPicture
    let embedding: Embedding
    var embedded: EmbeddedFace { EmbeddedFace(embedding: embedding, context: crop.context) }

    init(
        _ source: PictureSource, _ selection: FaceSelection, _ recognizer: Recognizer, quiet: Bool
    ) async throws {
        name = source.name
        do {
            picture = try await recognizer.align(source, selecting: selection)
            if !quiet { Terminal.note(picture.remarks, on: source.name) }
            guard let crop = picture.faces.first,
                let embedding = try await recognizer.embedder.embeddings(of: [crop]).first
            else { throw RecognitionError.noFace }
            (self.crop, self.embedding) = (crop, embedding)
        } catch {
            throw FileFailure(file: source.name, underlying: error)
        }
    }

    func record(_ map: SimilarityMap, attention: [AttentionMap]?) -> ExplanationRecord.Side {
        ExplanationRecord.Side(
            image: name, faceCount: picture.faceCount,
            enhancement: picture.enhancement.rawValue,
            face: FaceRecord(crop.face, context: crop.context, model: embedding.model),
            remarks: RemarkRecord.all(picture.remarks),
            map: ExplanationRecord.Map(map.cells),
            regions: map.shares.map { ExplanationRecord.Region($0) },
            attention: attention?.map { ExplanationRecord.Attention($0) })
    }
}
