import ArgumentParser
import Faces
import Likeness
import LikenessRecords
import LikenessSupport
import Pixels
import Recognition

/// `likeness embed`
struct Embed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compute embeddings of faces: unit vectors whose cosine is the similarity of two faces.",
        discussion: "The formats json, jsonl and csv contain the embeddings; the table shows only where the faces are.")

    @OptionGroup var pictures: PictureOptions
    @OptionGroup var detection: DetectionOptions
    @OptionGroup var embedding: EmbeddingOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "The faces to use: all, largest, or center (the largest near the center).")
    var face: FaceSelection = .all

    func run() async throws {
        let batch = try PictureBatch(pictures: pictures, detection: detection, output: output)
        let face = face, embedding = embedding
        try await interruptible {
            let recognizer = try await UntilExit.keep(
                Recognizer(
                    installation: .locate(),
                    configuration: batch.detection.configuration(
                        count: batch.pictures.count, model: embedding.model, averagesMirrored: embedding.mirror),
                    limits: batch.detection.limits, expecting: Array(batch.pictures.prefix(2)), selecting: face))
            let layout = batch.output.format == .csv ? Layout.embeddings(of: recognizer) : .faces
            try await batch.run(with: recognizer, selecting: face, layout: layout) { picture, analysis in
                PictureRecord(image: picture.name, analysis: analysis, recognizer: recognizer)
            }
        }
    }
}

extension Layout<PictureRecord> {
    /// One row for each face, with a column for each number of its embedding.
    static func embeddings(of recognizer: Recognizer) -> Layout {
        let dimension = recognizer.embedder.dimension
        let numbers = (0..<dimension).map { "e\($0)" }
        return Layout(
            columns: ["image", "face", "x", "y", "width", "height", "model"] + numbers + ["error"],
            rows: { record in
                record.rows(failure: Array(repeating: "", count: 5 + dimension)) { face in
                    [
                        decimal(face.box.x, 1), decimal(face.box.y, 1), decimal(face.box.width, 1),
                        decimal(face.box.height, 1), face.model ?? "",
                    ] + (face.embedding ?? []).map { "\($0)" }
                }
            })
    }
}
