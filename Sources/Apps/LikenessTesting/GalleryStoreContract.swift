import Faces
import Foundation
public import Identities

/// The promises of a gallery store, checked: run it in the tests of every type that conforms to
/// ``/Identities/GalleryStore``.
///
/// ```swift
/// @Test func contract() async throws {
///     try await GalleryStoreContract.check(MemoryStore())   // an empty store
/// }
/// ```
public enum GalleryStoreContract {
    /// A promise that a store breaks.
    public struct Violation: Error, Hashable, CustomStringConvertible {
        /// The promise, and what the store did.
        public let description: String
    }

    static let model = ModelIdentity(name: "fake", contract: "0123456789ab/1")
    static let other = ModelIdentity(name: "other", contract: "ba9876543210/1")

    /// Checks an empty store; it is empty again afterwards.
    ///
    /// - Returns: The kept promises, in words, in the order of the checks.
    /// - Throws: ``Violation`` at the first broken promise; whatever else the store throws.
    @discardableResult
    public static func check(_ store: some GalleryStore) async throws -> [String] {
        var promises = Promises()
        try await checkGalleries(store, &promises)
        try await checkPeople(store, &promises)
        try await checkSearch(store, &promises)
        try await checkRemoval(store, &promises)
        try await checkExport(store, &promises)
        return promises.kept
    }

    private static func checkGalleries(_ store: some GalleryStore, _ promises: inout Promises) async throws {
        try promises.expect(try await store.galleries().isEmpty, "a new store has no galleries")
        let staff = try await store.createGallery("staff", model: model, dimension: 4)
        try await promises.expectError("gallery_exists", "a gallery's name is used once") {
            try await store.createGallery("staff", model: model, dimension: 4)
        }
        try await promises.expectError("no_such_gallery", "a gallery that does not exist is not found") {
            try await store.gallery("guests")
        }
        try await promises.expectError("invalid_name", "a blank name is refused") {
            try await store.createGallery("  ", model: model, dimension: 4)
        }
        let opened = try await store.openOrCreateGallery("staff", model: model, dimension: 4)
        try promises.expect(opened.info.id == staff.info.id, "an existing gallery is opened, not created again")
        // The gallery is empty: another model takes the name, and users of the old gallery get an error.
        let replaced = try await store.openOrCreateGallery("staff", model: other, dimension: 8)
        try promises.expect(replaced.info.dimension == 8, "an empty gallery gives way to another model")
        try await promises.expectError("no_such_gallery", "users of a replaced gallery get an error") {
            try await staff.enroll("Ada", try embedding([1, 0, 0, 0]))
        }
        try await store.renameGallery("staff", to: "crew")
        try promises.expect(
            try await store.galleries().map(\.name) == ["crew"], "a renamed gallery has only the new name")
        try await store.removeGallery("crew")
        try promises.expect(try await store.galleries().isEmpty, "a removed gallery is gone")
        try await promises.expectError("no_such_gallery", "a removed gallery has no size") {
            _ = try await replaced.size()
        }
        try await promises.expectError("no_such_gallery", "a removed gallery has no list of people") {
            _ = try await replaced.people()
        }
        try await promises.expectError("no_such_gallery", "nobody can be renamed in a removed gallery") {
            try await store.renamePerson("nobody", to: "Grace", in: replaced.info)
        }
        try await promises.expectError("no_such_gallery", "a removed gallery has no templates") {
            _ = try await store.values(of: 1, in: replaced.info)
        }
    }

    private static func checkPeople(_ store: some GalleryStore, _ promises: inout Promises) async throws {
        let gallery = try await store.createGallery("people", model: model, dimension: 4)
        let first = try await gallery.enroll("Ada", try embedding([1, 0, 0, 0]), metadata: ["team": "engines"])
        let second = try await gallery.enroll("Ada", try embedding([1, 1, 0, 0]), metadata: ["floor": "2"])
        try promises.expect(
            first.isNewPerson && !second.isNewPerson, "a second picture with the same name is of the same person")
        try promises.expect(second.person.templates == 2, "a person's templates are counted")
        try promises.expect(second.person.metadata == ["team": "engines", "floor": "2"], "metadata are merged")
        let twin = try await gallery.enroll("Ada", try embedding([0, 1, 0, 0]), id: "twin")
        try promises.expect(twin.isNewPerson && twin.person.id == "twin", "another id makes another person")
        try await promises.expectError("ambiguous_name", "a name of two people is refused without an id") {
            try await gallery.enroll("Ada", try embedding([0, 0, 1, 0]))
        }
        try await promises.expectError("person_exists", "an id belongs to one person") {
            try await gallery.enroll("Grace", try embedding([0, 0, 1, 0]), id: "twin")
        }
        try await promises.expectError("model_mismatch", "embeddings of another model are refused") {
            try await gallery.enroll("Grace", try Embedding(normalizing: [1, 0, 0, 0], model: other))
        }
        try await promises.expectError("no_such_person", "a person who is not in the gallery is not found") {
            try await gallery.person("Grace")
        }
        try await gallery.rename("twin", to: "Grace")
        try promises.expect(try await gallery.person("Grace").id == "twin", "a person is found by the new name")
        try promises.expect(try await gallery.people().map(\.name) == ["Ada", "Grace"], "people are sorted by name")
        let templates = try await gallery.templates(of: first.person.id)
        try promises.expect(
            templates.map(\.id) == [first.template.id, second.template.id], "templates are oldest first")
        let kept = try await gallery.embedding(of: second.template.id)
        try promises.expect(kept == (try embedding([1, 1, 0, 0])), "an embedding is stored bit by bit")
        try await gallery.merge("twin", into: first.person.id)
        let merged = try await gallery.person(first.person.id)
        try promises.expect(merged.templates == 3, "merged people have all templates")
        try await promises.expectError("no_such_person", "a merged person is gone") { try await gallery.person("twin") }
        try await store.removeGallery("people")
    }

    private static func checkSearch(_ store: some GalleryStore, _ promises: inout Promises) async throws {
        let gallery = try await store.createGallery("search", model: model, dimension: 4)
        try promises.expect(
            try await gallery.candidates(for: try embedding([1, 0, 0, 0]), count: 3).isEmpty,
            "an empty gallery has no candidates")
        for (name, values) in [("Ada", [1, 0, 0, 0]), ("Ada", [0.8, 0.6, 0, 0]), ("Grace", [0, 1, 0, 0])] {
            try await gallery.enroll(name, try embedding(values.map(Float.init)))
        }
        let found = try await gallery.candidates(for: try embedding([0.7, 0.714, 0, 0]), count: 5)
        try promises.expect(found.map(\.person.name) == ["Ada", "Grace"], "each person counts once, the nearest first")
        let expected = Float(0.8 * 0.7 + 0.6 * 0.714) / Float((0.7 * 0.7 + 0.714 * 0.714).squareRoot())
        try promises.expect(
            abs((found.first?.similarity ?? 0) - expected) < 1e-5,
            "a person's similarity is that of the nearest template")
        try await store.removeGallery("search")
    }

    private static func checkRemoval(_ store: some GalleryStore, _ promises: inout Promises) async throws {
        let gallery = try await store.createGallery("removal", model: model, dimension: 4)
        let ada = try await gallery.enroll("Ada", try embedding([1, 0, 0, 0]))
        let grace = try await gallery.enroll("Grace", try embedding([0, 1, 0, 0]))
        _ = try await gallery.candidates(for: try embedding([1, 0, 0, 0]), count: 1)
        try await gallery.remove(ada.person.id)
        let left = try await gallery.candidates(for: try embedding([1, 0, 0, 0]), count: 5)
        try promises.expect(left.map(\.person.name) == ["Grace"], "a removed person is no longer found")
        try await gallery.removeTemplate(grace.template.id)
        try promises.expect(try await gallery.person("Grace").templates == 0, "a person without templates stays")
        let size = try await gallery.size()
        try promises.expect(size == GallerySize(people: 1, templates: 0), "a gallery's size follows removals")
        try await promises.expectError("no_such_template", "a removed template is gone") {
            try await gallery.embedding(of: grace.template.id)
        }
        try await promises.expectError("no_such_person", "a removed person is gone") {
            try await gallery.remove(ada.person.id)
        }
        try await store.removeGallery("removal")
    }

    private static func checkExport(_ store: some GalleryStore, _ promises: inout Promises) async throws {
        let gallery = try await store.createGallery("export", model: model, dimension: 4)
        try await gallery.enroll("Ada", try embedding([1, 0, 0, 0]), metadata: ["team": "engines"])
        try await gallery.enroll("Ada", try embedding([0, 1, 0, 0]), from: EnrollmentSource(label: "ada.jpg"))
        let file = FileManager.default.temporaryDirectory.appending(path: "contract-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try await gallery.export(to: file)
        let copy = try await store.importGallery(from: file, as: "copy")
        let (before, after) = (try await gallery.people(), try await copy.people())
        try promises.expect(before == after, "an imported gallery has the same people")
        let label = try await copy.templates(of: after.first?.id ?? "").last?.label
        try promises.expect(label == "ada.jpg", "an imported gallery has the same templates")
        for name in ["export", "copy"] { try await store.removeGallery(name) }
    }

    private static func embedding(_ values: [Float]) throws -> Embedding {
        try Embedding(normalizing: values, model: model)
    }

    /// The promises that were checked so far.
    private struct Promises {
        var kept: [String] = []

        mutating func expect(_ isTrue: Bool, _ promise: String) throws {
            if !isTrue { throw Violation(description: "broken: \(promise)") }
            kept.append(promise)
        }

        mutating func expectError(_ code: String, _ promise: String, _ body: () async throws -> Any) async throws {
            do {
                _ = try await body()
            } catch let error as GalleryError {
                guard error.code == code else {
                    throw Violation(description: "broken: \(promise): the error is \(error.code), not \(code)")
                }
                kept.append(promise)
                return
            }
            throw Violation(description: "broken: \(promise): there is no error, and it should be \(code)")
        }
    }
}
