import Faces
import Foundation
import Pixels
import Recognition
import Reports

/// Small pictures of the faces that were compared, each made once.
struct Thumbnails {
    /// How much wider than the face's box the shown part is: hair, ears and a neighbour are seen.
    private static let margin: Float = 2.2

    let recognizer: Recognizer
    let selection: FaceSelection
    private var known: [URL: Thumbnail?] = [:]

    init(_ recognizer: Recognizer, selection: FaceSelection) {
        (self.recognizer, self.selection) = (recognizer, selection)
    }

    /// The picture at `url`, which results call `name`.
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
