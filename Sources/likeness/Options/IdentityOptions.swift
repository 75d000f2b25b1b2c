import ArgumentParser
import Datasets
import Faces
import Foundation
import Recognition

/// Whose the pictures are.
struct IdentityOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The list of pictures and whose they are, CSV with file,identity. (default: a folder for each person)",
            valueName: "file"))
    var people: String?

    @Option(help: "Use at most so many pictures of a person, the first of the list.")
    var perPerson: Int?

    mutating func validate() throws {
        if let perPerson, perPerson < 2 { throw ValidationError("--per-person is 2 or more: a mated pair needs two") }
    }

    /// The pictures whose person is known.
    func pictures(in folder: URL) throws -> [IdentityList.Picture] {
        let list =
            try people.map { try IdentityList(contentsOf: URL(filePath: $0)) } ?? IdentityList(people: folder)
        var taken: [String: Int] = [:]
        return list.pictures.filter { picture in
            guard let identity = picture.identity else { return false }
            taken[identity, default: 0] += 1
            return perPerson.map { taken[identity, default: 0] <= $0 } ?? true
        }
    }
}

/// Pictures of people with one face of each; none where a picture has no face.
struct EmbeddedPeople {
    /// Whose each picture is.
    var labels: [String] = []
    /// The face of each.
    var faces: [EmbeddedFace?] = []

    /// How many pictures have none.
    var failed: Int { faces.count { $0 == nil } }

    /// Embeds `pictures`, one face of each, as `measuring` says.
    init(_ pictures: [IdentityList.Picture], measuring: MeasuringOptions, by recognizer: Recognizer) async throws {
        let results = try await measuring.entries(
            of: pictures.map(\.file), at: pictures.map { IdentityList.url(of: $0, in: measuring.folder) },
            by: recognizer)
        for (picture, result) in zip(pictures, results) {
            guard let identity = picture.identity else { continue }
            labels.append(identity)
            faces.append(try? result.get())
        }
    }

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
}
