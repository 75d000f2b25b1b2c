import ArgumentParser
import Faces
import Likeness
import LikenessRecords
import Recognition

/// `likeness detect`
struct Detect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find faces, with box, confidence, landmarks, pose, light, sharpness, quality, mask and more.")

    @OptionGroup var pictures: PictureOptions
    @OptionGroup var detection: DetectionOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "The faces to use: all, largest, or center (the largest near the center).")
    var face: FaceSelection = .all

    @Option(help: ArgumentHelp("Write copies of the pictures with marked faces to this folder.", valueName: "folder"))
    var annotate: String?

    func run() async throws {
        let batch = try PictureBatch(pictures: pictures, detection: detection, output: output, annotations: annotate)
        let face = face
        try await interruptible {
            let finder = try await UntilExit.keep(
                FaceFinder(
                    installation: .locate(), configuration: batch.detection.finder(count: batch.pictures.count),
                    limits: batch.detection.limits, expecting: Array(batch.pictures.prefix(2)), selecting: face))
            try await batch.run(with: finder, selecting: face, layout: .faces) { picture, found in
                PictureRecord(image: picture.name, found: found, finder: finder)
            }
        }
    }
}
