import Faces
import Foundation
import Pixels
import Recognition

/// Writes copies of pictures with the faces marked.
struct Annotator {
    private let folder: OutputFolder
    private let limits: DecodingLimits

    /// - Parameters:
    ///   - directory: The output folder; it is created if it doesn't exist.
    ///   - pictures: The pictures to annotate; none of them may be overwritten.
    ///   - inputs: All files that the command reads; none of them may be overwritten.
    ///   - limits: The limits for decoding a picture.
    init(
        directory: String, for pictures: [PictureSource], keeping inputs: InputFiles, limits: DecodingLimits
    ) throws {
        folder = try OutputFolder(directory, for: pictures, keeping: inputs) { _ in "jpg" }
        self.limits = limits
    }

    /// Writes `picture` as JPEG with a box, the landmarks and a label at each face.
    func annotate(_ picture: PictureSource, _ faces: [Image.FaceAnnotation]) async throws {
        // The picture is decoded again: keeping every picture of a batch in memory would cost more than this time.
        var image = try await picture.image(limits: limits)
        image.annotate(faces)
        try folder.write(image, to: folder.file(for: picture, extension: "jpg"))
    }
}
