import Datasets
import Evaluation
import Faces
import Foundation
import Recognition

/// The faces on which a model is calibrated: unaltered photographs, altered versions of some of them, and pictures of
/// children.
struct CalibrationPool {
    /// All faces. ``PairSample/Picture/kind`` is the index of the variant, or -1 for children.
    private(set) var pictures: [PairSample.Picture] = []
    /// The number of photographs in which no face is found.
    private(set) var failed = 0
    /// Notes on the pictures. Pictures that can't be read are left out.
    private(set) var notes = PictureNotes()

    /// The value of ``PairSample/Picture/kind`` for children.
    static let child = -1

    /// Embeds all pictures.
    ///
    /// - Parameters:
    ///   - photographs: Photographs of adults.
    ///   - children: Pictures of children, one of each child.
    ///   - altered: The number of photographs of each person that are altered.
    ///   - most: The maximum number of altered photographs; the first ones of the list are used.
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
        // Unaltered photographs come first, so that those that can't be read are not tried again.
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
                // The photographs are of adults. Faces that the estimator takes for children's must not be used to
                // calibrate children.
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
            // Without an estimator, the list is trusted. With one, only those faces count that it will also recognize
            // as children's at run time.
            let said = face.context.childProbability ?? 1
            guard PairTrait.Kind.child.edges.first.map({ said >= Float($0) }) ?? false else { continue }
            pictures.append(
                PairSample.Picture(
                    person: person, source: photographs.count + place, kind: Self.child,
                    face: face.with(childProbability: said)))
        }
    }

    /// The unaltered photographs of adults.
    var natural: [PairSample.Picture] { pictures.filter { $0.kind == 0 } }

    /// The number of people in the unaltered photographs.
    var people: Int { Set(natural.map(\.person)).count }

    /// Returns the pool restricted to some of the people.
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
