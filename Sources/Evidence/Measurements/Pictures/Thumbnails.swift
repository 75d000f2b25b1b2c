import Faces
import Foundation
import Pixels
import Recognition
import Reports

/// Thumbnails of the compared faces, each created only once.
struct Thumbnails {
    /// The width of the part shown divided by that of the face's box, so that hair, ears and neighboring faces are
    /// visible.
    private static let margin: Float = 2.2

    let recognizer: Recognizer
    let selection: FaceSelection
    private var known: [URL: Thumbnail?] = [:]

    init(_ recognizer: Recognizer, selection: FaceSelection) {
        (self.recognizer, self.selection) = (recognizer, selection)
    }

    /// Returns the picture at `url` with the name `name` in results.
    mutating func picture(_ name: String, at url: URL) async -> PicturePair.Picture {
        if let thumbnail = known[url] { return PicturePair.Picture(name: name, thumbnail: thumbnail) }
        let thumbnail = try? await self.thumbnail(at: url)
        known[url] = .some(thumbnail)
        return PicturePair.Picture(name: name, thumbnail: thumbnail)
    }

    private func thumbnail(at url: URL) async throws -> Thumbnail {
        let image = try await PictureSource.file(url).image(limits: recognizer.finder.limits)
        let face = try await recognizer.finder.faces(in: image, selecting: selection).faces.first?.face
        return try Thumbnail(image, box: face.map { Self.surroundings(of: $0.box) })
    }

    private static func surroundings(of box: Box) -> Box {
        let side = max(box.width, box.height) * margin
        return Box(x: box.center.x - side / 2, y: box.center.y - side / 2, width: side, height: side)
    }
}
