import Datasets
import Faces
import Foundation
import Recognition
import Reports

/// Pictures of people, with one face of each, or none if the picture has no face. Pictures that can't be read are left
/// out.
struct EmbeddedPeople {
    /// The pictures.
    private(set) var pictures: [IdentityList.Picture] = []
    /// The person in each picture.
    private(set) var labels: [String] = []
    /// The face in each picture; `nil` if it has none.
    private(set) var faces: [EmbeddedFace?] = []

    /// Notes on the pictures, including those that were left out.
    let notes: PictureNotes

    /// The number of pictures without a face.
    var withoutFace: Int { faces.count { $0 == nil } }

    /// The number of pictures that have no face or could not be read.
    var failed: Int { withoutFace + notes.unreadable.count }

    /// Embeds one face of each of `pictures`, as specified by `reading`.
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

    /// Leaves out the pictures with these files.
    mutating func leaveOut(_ files: Set<String>) {
        let kept = pictures.indices.filter { !files.contains(pictures[$0].file) }
        (pictures, labels, faces) = (kept.map { pictures[$0] }, kept.map { labels[$0] }, kept.map { faces[$0] })
    }

    /// The indices of the pictures that have a face.
    var present: [Int] { faces.indices.filter { faces[$0] != nil } }

    /// Returns the embeddings of those of `places` that have a face, concatenated, and the people they belong to.
    func rows(_ places: some Sequence<Int>) -> (values: [Float], labels: [String]) {
        var values: [Float] = [], labels: [String] = []
        for place in places {
            guard let face = faces[place] else { continue }
            values += face.embedding.values
            labels.append(self.labels[place])
        }
        return (values, labels)
    }

    /// Creates a pair of two pictures, given by their indices, with captions.
    func pair(
        _ first: Int, _ second: Int, in folder: URL, from thumbnails: inout Thumbnails, lines: [String]
    ) async -> PicturePair {
        func url(_ place: Int) -> URL { IdentityList.url(of: pictures[place], in: folder) }
        return PicturePair(
            first: await thumbnails.picture(pictures[first].file, at: url(first)),
            second: await thumbnails.picture(pictures[second].file, at: url(second)), captions: lines)
    }
}
