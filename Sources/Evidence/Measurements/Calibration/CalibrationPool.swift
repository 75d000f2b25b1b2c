import Datasets
import Evaluation
import Faces
import Foundation
import Recognition

/// The faces that a model is calibrated on: photographs as they are, some of them altered, and pictures of children.
struct CalibrationPool {
    /// All faces; ``PairSample/Picture/kind`` is the place of the variant, -1 for children.
    private(set) var pictures: [PairSample.Picture] = []
    /// How many photographs have no face.
    private(set) var failed = 0
    /// What is to be said of the pictures; those that can't be read are left out.
    private(set) var notes = PictureNotes()

    /// What ``PairSample/Picture/kind`` is of a child.
    static let child = -1

    /// Embeds all.
    ///
    /// - Parameters:
    ///   - photographs: Photographs of grown-ups.
    ///   - children: Pictures of children, one a child.
    ///   - altered: How many photographs of a person are altered.
    ///   - most: How many photographs are altered at most, the first of the list.
    init(
        _ photographs: [IdentityList.Picture], children: [IdentityList.Picture], altered: Int, most: Int,
        reading: PictureReading, by recognizer: Recognizer
    ) async throws {
        var counts: [String: Int] = [:]
        let numbered = photographs.enumerated().filter { $0.element.identity != nil }
        let some = numbered.filter { entry in
            guard let person = entry.element.identity else { return false }
            counts[person, default: 0] += 1
            return counts[person, default: 0] <= altered
        }.prefix(most)
        // Photographs as they are come first: what can't be read then is not tried again.
        for (kind, variant) in PictureVariant.calibration.enumerated() {
            let unreadable = Set(notes.unreadable.map(\.image))
            let chosen = (variant.alteration == nil ? numbered : Array(some)).filter {
                !unreadable.contains($0.element.file)
            }
            let entries = try await Self.entries(chosen.map(\.element), variant, reading, recognizer)
            notes.add(entries.notes)
            for (place, face) in entries.readable {
                let entry = chosen[place]
                guard let face, let person = entry.element.identity else {
                    if kind == 0 { failed += 1 }
                    continue
                }
                // The list is of grown-ups: what the estimator takes for a child there must not calibrate children.
                pictures.append(
                    PairSample.Picture(
                        person: person, source: entry.offset, kind: kind, face: face.with(childProbability: 0)))
            }
        }
        guard !children.isEmpty else { return }
        let entries = try await Self.entries(
            children, .original, reading, recognizer, unit: "pictures of children")
        notes.add(entries.notes)
        for (place, face) in entries.readable {
            guard let face, let person = children[place].identity else { continue }
            // Without an estimator the list's word is taken; with one, those count whom it will tell at run time.
            let said = face.context.childProbability ?? 1
            guard PairTrait.Kind.child.edges.first.map({ said >= Float($0) }) ?? false else { continue }
            pictures.append(
                PairSample.Picture(
                    person: person, source: photographs.count + place, kind: Self.child,
                    face: face.with(childProbability: said)))
        }
    }

    /// The photographs of grown-ups as they are.
    var natural: [PairSample.Picture] { pictures.filter { $0.kind == 0 } }

    /// How many people are on photographs as they are.
    var people: Int { Set(natural.map(\.person)).count }

    /// A part of the people.
    func only(_ people: Set<String>) -> CalibrationPool {
        var part = self
        part.pictures = pictures.filter { people.contains($0.person) }
        return part
    }

    private static func entries(
        _ pictures: [IdentityList.Picture], _ variant: PictureVariant, _ reading: PictureReading,
        _ recognizer: Recognizer, unit: String = "pictures"
    ) async throws -> EmbeddedPictures {
        try await reading.faces(
            of: pictures.map(\.file), at: pictures.map { IdentityList.url(of: $0, in: reading.folder) },
            by: recognizer, altered: variant.alteration,
            unit: variant.alteration == nil ? unit : "\(unit) (\(variant.name))")
    }
}

extension EmbeddedFace {
    fileprivate func with(childProbability: Float) -> EmbeddedFace {
        var context = context
        context.childProbability = childProbability
        return EmbeddedFace(embedding: embedding, context: context)
    }
}
