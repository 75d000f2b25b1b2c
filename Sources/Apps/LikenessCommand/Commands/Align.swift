public import ArgumentParser
public import Faces
import Foundation
import Likeness
import LikenessRecords
import Pixels
import Recognition

extension AlignmentTemplate: ExpressibleByArgument {}

/// `likeness align`
struct Align: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Crop the faces, align them by their landmarks, and write them as PNG files.")

    @OptionGroup var pictures: PictureOptions
    @OptionGroup var detection: DetectionOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("The folder for the cropped faces.", valueName: "folder"))
    var to: String

    @Option(
        help: """
            The shape of the crops: arcface-SIZE (the usual alignment for recognition), loose-SIZE-MARGIN (the same \
            with a margin) or box-SIZE-MARGIN (the detector's box, not rotated). MARGIN is above -0.5 and at most 10; \
            SIZE is \(AlignmentTemplate.sizes.lowerBound) to \(AlignmentTemplate.sizes.upperBound) pixels.
            """)
    var template: AlignmentTemplate = .arcface(size: 112)

    @Option(help: "The faces to use: all, largest, or center (the largest near the center).")
    var face: FaceSelection = .all

    func run() async throws {
        let batch = try PictureBatch(pictures: pictures, detection: detection, output: output)
        let folder = try OutputFolder(to, for: batch.pictures, keeping: batch.inputs) { _ in "png" }
        let template = template, face = face
        try await interruptible {
            let finder = try await UntilExit.keep(
                FaceFinder(
                    installation: .locate(), configuration: batch.detection.finder(count: batch.pictures.count),
                    limits: batch.detection.limits))
            try await batch.run(with: finder, selecting: face, layout: .faces) { picture, found in
                let image = try await picture.image(limits: batch.detection.limits)
                var record = PictureRecord(image: picture.name, found: found, finder: finder)
                let stem = found.faces.count == 1 ? { _ in "" } : { (index: Int) in "-\(index + 1)" }
                for (index, seen) in found.faces.enumerated() {
                    let aligned = try seen.face.aligned(in: image, to: template)
                    let file = folder.file(for: picture, suffix: stem(index), extension: "png")
                    try folder.write(aligned.image, to: file)
                    record.faces?[index].aligned = file.relativePath
                }
                return record
            }
        }
    }
}
