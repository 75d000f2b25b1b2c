import Faces
import Foundation
import Pixels
import Recognition

/// Writes pictures with their faces drawn on them.
struct Annotator {
    private let folder: OutputFolder
    private let limits: DecodingLimits

    /// - Parameters:
    ///   - directory: Where the pictures go; made where it is not there.
    ///   - pictures: The pictures; none of them is overwritten.
    ///   - inputs: All files that are read.
    ///   - limits: What pictures are accepted.
    init(
        directory: String, for pictures: [PictureSource], keeping inputs: InputFiles, limits: DecodingLimits
    ) throws {
        folder = try OutputFolder(directory, for: pictures, keeping: inputs) { _ in "jpg" }
        self.limits = limits
    }

    /// Writes `picture` with a box, the landmarks and a label at each face, as JPEG.
    func annotate(_ picture: PictureSource, _ faces: [Image.FaceAnnotation]) async throws {
        // Read again: keeping every picture of a batch until it is drawn would cost more memory than this costs time.
        var image = try await picture.image(limits: limits)
        image.annotate(faces)
        try folder.write(image, to: folder.file(for: picture, extension: "jpg"))
    }
}
