import Datasets
import Faces
import Foundation
import Networks
import Pixels
import Recognition

/// A picture of a face with, without, or with a badly worn mask.
struct MaskPicture: Sendable {
    /// Where the picture is from, as its name says.
    enum Origin: String, Sendable, CaseIterable {
        /// A street photograph.
        case photo
        /// The web.
        case web
        /// A photograph on which a mask was drawn.
        case drawn
        /// A bare face of an archive, on which masks are drawn in training.
        case portrait
    }

    /// Where the pixels are.
    enum Place: Sendable {
        case file(URL)
        case entry(FaceArchive, Int)
    }

    var place: Place
    var wearing: MaskClassifier.Wearing
    var origin: Origin
    /// Pictures of one source, such as all faces of a photograph, have the same.
    var source: String
    /// The face in the picture.
    var face: Face
    /// Whether a detector found it there.
    var isFound: Bool

    /// The picture.
    func image() throws -> Image {
        switch place {
        case .file(let file): try Image(contentsOf: file)
        case .entry(let archive, let index): try archive.image(at: index)
        }
    }
}

extension MaskPicture {
    /// The faces of an archive that `likeness pack` made, of people who wear no mask.
    static func portraits(in archive: FaceArchive) -> [MaskPicture] {
        archive.entries.enumerated().map { index, entry in
            MaskPicture(
                place: .entry(archive, index), wearing: .bare, origin: .portrait, source: entry.file, face: entry.face,
                isFound: true)
        }
    }
}

/// Pictures of `mask/`, `bare/` and `badly_worn/` in a folder, named after where they are from:
///
///     photo_SOURCE_FACE.webp    a face of a street photograph
///     web_NUMBER.webp           a picture from the web
///     drawn_NUMBER_….webp       a portrait with a mask drawn on
struct MaskFolder {
    let folder: URL

    /// A picture whose face has not been looked for.
    struct Entry: Sendable {
        var file: URL
        var wearing: MaskClassifier.Wearing
        var origin: MaskPicture.Origin
        var source: String
    }

    private static let names: [(String, MaskClassifier.Wearing)] = [
        ("bare", .bare), ("mask", .mask), ("badly_worn", .badlyWorn),
    ]

    /// All pictures in order of name, but for those that are named otherwise; their faces are not looked for yet.
    ///
    /// - Throws: `DatasetError.unreadable` where one of the folders is missing.
    func files() throws -> [Entry] {
        try Self.names.flatMap { name, wearing -> [Entry] in
            let directory = folder.appending(path: name)
            guard let files = try? FileManager.default.contentsOfDirectory(atPath: directory.path) else {
                throw DatasetError.unreadable(directory.path, reason: "there is no such folder")
            }
            return files.sorted().compactMap { file in
                guard let (origin, source) = Self.place(of: file) else { return nil }
                return Entry(
                    file: directory.appending(path: file), wearing: wearing, origin: origin, source: source)
            }
        }
    }

    /// Where a picture is from: `photo_street12_3.webp` is face 3 of street12.
    static func place(of name: String) -> (MaskPicture.Origin, String)? {
        let parts = name.split(separator: ".")[0].split(separator: "_")
        guard parts.count > 1, let origin = MaskPicture.Origin(rawValue: String(parts[0])), origin != .portrait
        else { return nil }
        return (origin, "\(origin.rawValue)_\(parts[1])")
    }

    /// The pictures with their faces, found by `finder`.
    ///
    /// A street photograph's crop in which no face is found keeps its place in the measurements: its face is taken to
    /// lie where the faces of such crops lie on average. Other pictures without a face are left out.
    func pictures(by finder: FaceFinder) async throws -> [MaskPicture] {
        let files = try files()
        var faces: [Face?] = Array(repeating: nil, count: files.count)
        let sources = files.map { PictureSource.file($0.file) }
        for try await (index, result) in finder.faces(of: sources, selecting: .center) {
            faces[index] = try result.get().faces.first?.face
        }
        let usual = usualFace(zip(files, faces).compactMap { $0.origin == .photo ? $1 : nil })
        return zip(files, faces).compactMap { file, face in
            guard let seen = face ?? (file.origin == .photo ? usual : nil) else { return nil }
            return MaskPicture(
                place: .file(file.file), wearing: file.wearing, origin: file.origin, source: file.source, face: seen,
                isFound: face != nil)
        }
    }

    /// The mean of faces in crops of one size; `nil` of none.
    private func usualFace(_ faces: [Face]) -> Face? {
        guard !faces.isEmpty else { return nil }
        let count = Float(faces.count)
        func mean(_ value: (Face) -> Float) -> Float { faces.reduce(0) { $0 + value($1) } / count }
        return Face(
            box: Box(
                x: mean(\.box.x), y: mean(\.box.y), width: mean(\.box.width), height: mean(\.box.height)),
            confidence: 0,
            landmarks: Landmarks(
                points: (0..<5).map { index in
                    Point(x: mean { $0.landmarks.points[index].x }, y: mean { $0.landmarks.points[index].y })
                }))
    }
}
