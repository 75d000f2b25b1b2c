import Datasets
import Evaluation
import Faces
import Foundation
import Recognition
import Reports

/// Pictures of people that a classifier learns from and is tested on.
struct ClassifiedPictures {
    /// The pictures as they are.
    let people: EmbeddedPeople
    /// What is to be said of the pictures and of the tested copies.
    let notes: PictureNotes
    /// What is given to the classifier: the pictures that have a face as they are.
    let samples: [ClosedSetClassification.Picture]
    /// The place of each sample among ``people``.
    private let places: [Int]
    private let folder: URL
    /// Where the tested copies are.
    private let copies: URL?

    /// Embeds the pictures, and the copies of those that are tested.
    ///
    /// - Parameter copies: The folder of altered copies that are tested in the pictures' place.
    init(
        _ pictures: [IdentityList.Picture], copies: URL?, reading: PictureReading, by recognizer: Recognizer
    ) async throws {
        var people = try await EmbeddedPeople(pictures, reading: reading, by: recognizer)
        var tested = people.faces
        var notes = people.notes
        if let copies {
            // Whoever has one picture with a face is not tested: no copy of it is needed.
            let places = Dictionary(grouping: people.present) { people.labels[$0] }.values.filter { $0.count > 1 }
            let present = places.flatMap(\.self).sorted().map { people.pictures[$0] }
            let altered = try await EmbeddedPeople(present, copies: copies, reading: reading, by: recognizer)
            let found = Dictionary(zip(altered.pictures.map(\.file), altered.faces)) { first, _ in first }
            // A picture whose copy can't be read is left out, as one that can't be read itself.
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

    /// How many pictures of some people have no face in the altered copy that is tested; `nil` where they are tested as they
    /// are.
    func failedTests(of people: [String]) -> Int? {
        let people = Set(people)
        return copies == nil ? nil : samples.count { people.contains($0.person) && $0.tested == nil }
    }

    /// For each of the most confused people a picture that was taken for another one, beside the most alike picture of that
    /// one.
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

    /// The most alike picture of a person.
    private func nearest(to sample: Int, of person: String) -> Int? {
        guard let tested = samples[sample].tested else { return nil }
        func similarity(_ other: Int) -> Float {
            zip(tested, samples[other].embedding).reduce(0) { $0 + $1.0 * $1.1 }
        }
        return samples.indices.filter { samples[$0].person == person }.max { similarity($0) < similarity($1) }
    }
}
