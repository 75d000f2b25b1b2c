import ArgumentParser
import Faces
import LikenessRecords
import Recognition

/// `likeness detect`
struct Detect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find faces: boxes, confidences, landmarks, and how each face is seen.")

    @OptionGroup var pictures: PictureOptions
    @OptionGroup var detection: DetectionOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "Which faces: all, the largest, or the largest near the center.")
    var face: FaceSelection = .all

    @Option(help: ArgumentHelp("Write each picture with its faces drawn on it.", valueName: "folder"))
    var annotate: String?

    func run() async throws {
        let batch = try PictureBatch(pictures: pictures, detection: detection, output: output, annotations: annotate)
        let face = face
        try await interruptible {
            let recognizer = try await Recognizer(
                installation: .locate(), configuration: batch.detection.configuration(count: batch.pictures.count),
                embeds: false, limits: batch.detection.limits, expecting: Array(batch.pictures.prefix(2)))
            try await batch.run(with: recognizer, selecting: face, layout: .faces) { picture, analysis in
                PictureRecord(image: picture.name, analysis: analysis, recognizer: recognizer)
            }
        }
    }
}
