import Datasets
import Faces
import Foundation
import Networks
import Pixels
import Recognition

/// A picture of a face without a mask, with one, or with a badly worn one.
struct MaskPicture: Sendable {
    /// The origin of the picture, according to its name.
    enum Origin: String, Sendable, CaseIterable {
        /// A street photograph.
        case photo
        /// The web.
        case web
        /// A photograph on which a mask was drawn.
        case drawn
        /// A bare face of an archive. Masks are drawn on it in training.
        case portrait
    }

    /// The location of the pixels.
    enum Place: Sendable {
        case file(URL)
        case entry(FaceArchive, Int)
    }

    var place: Place
    var wearing: MaskClassifier.Wearing
    var origin: Origin
    /// The source, such as a photograph with several faces. Pictures of one source have the same name here.
    var source: String
    /// The face in the picture.
    var face: Face
    /// Whether a detector found the face at this location.
    var isFound: Bool

    /// Returns the picture.
    func image() throws -> Image {
        switch place {
        case .file(let file): try Image(contentsOf: file)
        case .entry(let archive, let index): try archive.image(at: index)
        }
    }
}

extension MaskPicture {
    /// Returns the faces of an archive from `likeness pack` of people without masks.
    static func portraits(in archive: FaceArchive) -> [MaskPicture] {
        archive.entries.enumerated().map { index, entry in
            MaskPicture(
                place: .entry(archive, index), wearing: .bare, origin: .portrait, source: entry.file, face: entry.face,
                isFound: true)
        }
    }
}

/// A folder with pictures in `mask/`, `bare/` and `badly_worn/`, which are named after their origin:
///
///     photo_SOURCE_FACE.webp    a face of a street photograph
///     web_NUMBER.webp           a picture from the web
///     drawn_NUMBER_….webp       a portrait with a mask drawn on
struct MaskFolder {
    let folder: URL

    /// A picture in which no face has been detected yet.
    struct Entry: Sendable {
        var file: URL
        var wearing: MaskClassifier.Wearing
        var origin: MaskPicture.Origin
        var source: String
    }

    private static let names: [(String, MaskClassifier.Wearing)] = [
        ("bare", .bare), ("mask", .mask), ("badly_worn", .badlyWorn),
    ]

    /// Returns all pictures in order of their names, before face detection. Files with other names are skipped.
    ///
    /// - Throws: `DatasetError.unreadable` if one of the folders is missing.
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

    /// Returns the origin and the source of a picture: `photo_street12_3.webp` is face 3 of street12.
    static func place(of name: String) -> (MaskPicture.Origin, String)? {
        let parts = name.split(separator: ".")[0].split(separator: "_")
        guard parts.count > 1, let origin = MaskPicture.Origin(rawValue: String(parts[0])), origin != .portrait
        else { return nil }
        return (origin, "\(origin.rawValue)_\(parts[1])")
    }

    /// Returns the pictures with their faces, as detected by `finder`.
    ///
    /// If no face is detected in the crop of a street photograph, the crop still counts in the measurements, with the
    /// mean face position of such crops. Other pictures without a detected face are left out.
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

    /// Returns the mean position of faces in crops of one size; `nil` if there are no faces.
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
