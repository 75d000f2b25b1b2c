import Augmentation
import Datasets
import Evaluation
import Faces
import LikenessSupport
import Recognition

/// Photographs of people, and altered versions of some of them.
struct ShownPictures {
    let reading: PictureReading
    let recognizer: Recognizer
    /// The comparisons, one entry for each row of the report.
    private(set) var comparisons: [PromisesReport.Comparisons] = []
    /// Notes on the pictures. Those that can't be read are in no comparison.
    private(set) var notes = PictureNotes()

    /// The ways of altering photographs, with names.
    private static let ways: [(name: String, variant: PictureVariant)] = [
        ("1/8 size", .resized(by: 0.125)), ("1/4 size", .resized(by: 0.25)), ("1/2 size", .resized(by: 0.5)),
        ("2 times size", .resized(by: 2)), ("dark", .darkened(Span(5, 5))), ("blurred", .blurred(Span(3, 3))),
        ("masked", .masked(.testing, name: "masked, designs for testing")),
    ]
    /// The angle from which a face counts as turned, in degrees.
    private static let turned: Float = 20

    init(reading: PictureReading, recognizer: Recognizer) {
        (self.reading, self.recognizer) = (reading, recognizer)
    }

    /// Adds the unaltered photographs, and up to two altered photographs of each of `count` people in each of the other
    /// ways.
    mutating func add(_ photographs: [IdentityList.Picture], altered count: Int, seed: UInt64) async throws {
        let people = photographs.map { $0.identity ?? "" }
        let all = try await shown(photographs, Array(photographs.indices), .original)
        comparisons.append(PromisesReport.Comparisons("as they are", all))
        comparisons.append(
            PromisesReport.Comparisons("turned", all) { max(abs($0.yaw), abs($1.yaw)) >= Self.turned })
        let unreadable = Set(notes.unreadable.map(\.image))
        let chosen = Self.chosen(people, count: count, seed: seed).filter { !unreadable.contains(photographs[$0].file) }
        for way in Self.ways where !chosen.isEmpty {
            let pictures = try await shown(photographs, chosen, way.variant)
            comparisons.append(PromisesReport.Comparisons("\(way.name), one", pictures, all))
            comparisons.append(PromisesReport.Comparisons("\(way.name), both", pictures))
        }
    }

    /// Adds all pairs of pictures of different children, and separately those pairs that the estimator takes for two
    /// children.
    mutating func add(children: [IdentityList.Picture]) async throws {
        let all = try await shown(children, Array(children.indices), .original)
        comparisons.append(PromisesReport.Comparisons("two children", all))
        let found = all.filter { picture in
            picture.face.map { !PairConditions($0.context, $0.context).traits.filter { $0.kind == .child }.isEmpty }
                ?? false
        }
        if found.count > 1 {
            comparisons.append(PromisesReport.Comparisons("two children, both taken for children", found))
        }
    }

    private mutating func shown(
        _ photographs: [IdentityList.Picture], _ places: [Int], _ variant: PictureVariant
    ) async throws -> [PromisesReport.Picture] {
        let people = photographs.map { $0.identity ?? "" }
        let numbers = Dictionary(uniqueKeysWithValues: Set(people).sorted().enumerated().map { ($1, $0) })
        let entries = try await reading.faces(
            of: places.map { photographs[$0].file },
            at: places.map { IdentityList.url(of: photographs[$0], in: reading.folder) }, by: recognizer,
            altered: variant.alteration, unit: "pictures, \(variant.name)")
        notes.add(entries.notes)
        return entries.readable.map { found in
            let place = places[found.place]
            return PromisesReport.Picture(person: numbers[people[place]] ?? 0, source: place, face: found.face)
        }
    }

    /// Chooses up to two photographs of each of some people.
    private static func chosen(_ people: [String], count: Int, seed: UInt64) -> [Int] {
        let byPerson = Dictionary(grouping: people.indices) { people[$0] }
        var generator = SeededGenerator(seed: seed)
        var names = byPerson.keys.sorted()
        generator.shuffle(&names)
        return names.prefix(count).flatMap { name in (byPerson[name] ?? []).prefix(2) }.sorted()
    }
}
