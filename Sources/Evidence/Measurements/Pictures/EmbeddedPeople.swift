import Datasets
import Faces
import Foundation
import Recognition
import Reports

/// Pictures of people with one face of each; none if a picture has no face. Those that can't be read are left out.
struct EmbeddedPeople {
    /// The pictures.
    private(set) var pictures: [IdentityList.Picture] = []
    /// Whose each picture is.
    private(set) var labels: [String] = []
    /// The face of each.
    private(set) var faces: [EmbeddedFace?] = []

    /// What is to be said of the pictures, those that were left out among them.
    let notes: PictureNotes

    /// How many pictures have no face.
    var withoutFace: Int { faces.count { $0 == nil } }

    /// How many pictures have no face, or could not be read.
    var failed: Int { withoutFace + notes.unreadable.count }

    /// Embeds `pictures`, one face of each, as `reading` says.
    ///
    /// - Parameter copies: A folder of altered copies that are embedded instead of the pictures.
    init(
        _ pictures: [IdentityList.Picture], copies: URL? = nil, reading: PictureReading, by recognizer: Recognizer
    ) async throws {
        let urls = pictures.map { picture in
            copies.map { AlteredCopy.url(of: IdentityList.url(of: picture, in: $0)) }
                ?? IdentityList.url(of: picture, in: reading.folder)
        }
        let results = try await reading.faces(
            of: pictures.map { copies == nil ? $0.file : "\($0.file) (copy)" }, at: urls, by: recognizer)
        notes = results.notes
        for (place, face) in results.readable {
            guard let identity = pictures[place].identity else { continue }
            self.pictures.append(pictures[place])
            labels.append(identity)
            faces.append(face)
        }
    }

    /// Leaves out the pictures of some files.
    mutating func leaveOut(_ files: Set<String>) {
        let kept = pictures.indices.filter { !files.contains(pictures[$0].file) }
        (pictures, labels, faces) = (kept.map { pictures[$0] }, kept.map { labels[$0] }, kept.map { faces[$0] })
    }

    /// The places of the pictures that have a face.
    var present: [Int] { faces.indices.filter { faces[$0] != nil } }

    /// Those of `places` that have a face: their numbers one after the other, and whose they are.
    func rows(_ places: some Sequence<Int>) -> (values: [Float], labels: [String]) {
        var values: [Float] = [], labels: [String] = []
        for place in places {
            guard let face = faces[place] else { continue }
            values += face.embedding.values
            labels.append(self.labels[place])
        }
        return (values, labels)
    }

    /// Two pictures, by their places, with what stands below them.
    func pair(
        _ first: Int, _ second: Int, in folder: URL, from thumbnails: inout Thumbnails, lines: [String]
    ) async -> PicturePair {
        func url(_ place: Int) -> URL { IdentityList.url(of: pictures[place], in: folder) }
        return PicturePair(
            first: await thumbnails.picture(pictures[first].file, at: url(first)),
            second: await thumbnails.picture(pictures[second].file, at: url(second)), captions: lines)
    }
}
