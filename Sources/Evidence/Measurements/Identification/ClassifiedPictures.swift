import Datasets
import Evaluation
import Faces
import Foundation
import Recognition
import Reports

/// The pictures of people on which a classifier is trained and tested.
struct ClassifiedPictures {
    /// The unaltered pictures.
    let people: EmbeddedPeople
    /// Notes on the pictures and on the tested copies.
    let notes: PictureNotes
    /// The classifier's input: the pictures that have a face when unaltered.
    let samples: [ClosedSetClassification.Picture]
    /// The index of each sample in ``people``.
    private let places: [Int]
    private let folder: URL
    /// The folder of the tested copies.
    private let copies: URL?

    /// Embeds the pictures, and the copies of the pictures to be tested.
    ///
    /// - Parameter copies: The folder of altered copies that are tested instead of the pictures.
    init(
        _ pictures: [IdentityList.Picture], copies: URL?, reading: PictureReading, by recognizer: Recognizer
    ) async throws {
        var people = try await EmbeddedPeople(pictures, reading: reading, by: recognizer)
        var tested = people.faces
        var notes = people.notes
        if let copies {
            // People with only one usable picture are not tested, so no copy of it is needed.
            let places = Dictionary(grouping: people.present) { people.labels[$0] }.values.filter { $0.count > 1 }
            let present = places.flatMap(\.self).sorted().map { people.pictures[$0] }
            let altered = try await EmbeddedPeople(present, copies: copies, reading: reading, by: recognizer)
            let found = Dictionary(zip(altered.pictures.map(\.file), altered.faces)) { first, _ in first }
            // If its copy can't be read, a picture is left out as if it couldn't be read itself.
            people.leaveOut(Set(present.map(\.file)).subtracting(found.keys))
            tested = people.pictures.map { found[$0.file] ?? nil }
            notes.add(altered.notes)
            if tested.allSatisfy({ $0 == nil }) {
                throw MeasurementError.noFaceInCopies(folder: copies.relativePath)
            }
        }
        (self.people, self.copies, folder) = (people, copies, reading.folder)
        self.notes = notes
        places = people.present
        samples = places.compactMap { place in
            people.faces[place].map { face in
                ClosedSetClassification.Picture(
                    person: people.labels[place], embedding: face.embedding.values,
                    tested: tested[place]?.embedding.values)
            }
        }
    }

    /// Returns the number of pictures of some people that have no face in the tested copy; `nil` if the unaltered
    /// pictures are tested.
    func failedTests(of people: [String]) -> Int? {
        let people = Set(people)
        return copies == nil ? nil : samples.count { people.contains($0.person) && $0.tested == nil }
    }

    /// Returns, for each of the most frequently confused people, a picture that was predicted as another person, next
    /// to the most similar picture of that other person.
    func confused(
        _ result: ClosedSetClassification, from thumbnails: inout Thumbnails
    ) async -> [PicturePair] {
        var pairs: [PicturePair] = []
        for confusion in result.confusions(by: .softmax).prefix(PairPictures.shown) {
            let decision = result.runs.lazy.flatMap(\.decisions).first { decision in
                result.people[decision.person] == confusion.person
                    && decision.classifier.map { result.people[$0] } == confusion.takenFor
            }
            guard let decision, let other = nearest(to: decision.picture, of: confusion.takenFor) else { continue }
            let tested = people.pictures[places[decision.picture]], found = people.pictures[places[other]]
            let original = IdentityList.url(of: tested, in: copies ?? folder)
            pairs.append(
                PicturePair(
                    first: await thumbnails.picture(tested.file, at: AlteredCopy.url(of: original)),
                    second: await thumbnails.picture(found.file, at: IdentityList.url(of: found, in: folder)),
                    captions: [
                        "\(confusion.person), taken for \(confusion.takenFor)",
                        "\(confusion.count) of \(confusion.tested) tests",
                    ]))
        }
        return pairs
    }

    /// Returns the picture of a person that is most similar to a sample.
    private func nearest(to sample: Int, of person: String) -> Int? {
        guard let tested = samples[sample].tested else { return nil }
        func similarity(_ other: Int) -> Float {
            zip(tested, samples[other].embedding).reduce(0) { $0 + $1.0 * $1.1 }
        }
        return samples.indices.filter { samples[$0].person == person }.max { similarity($0) < similarity($1) }
    }
}
