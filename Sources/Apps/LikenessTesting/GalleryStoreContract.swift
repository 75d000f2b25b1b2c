import Faces
import Foundation
public import Identities

/// Checks that a gallery store meets the requirements of ``/Identities/GalleryStore``. Run it in the tests of every
/// type that conforms to the protocol.
///
/// ```swift
/// @Test func contract() async throws {
///     try await GalleryStoreContract.check(MemoryStore())
/// }
/// ```
public enum GalleryStoreContract {
    /// A requirement that a store violates.
    public struct Violation: Error, Hashable, CustomStringConvertible {
        /// The requirement, and what the store did instead.
        public let description: String
    }

    static let model = ModelIdentity(name: "fake", contract: "0123456789ab/1")
    static let other = ModelIdentity(name: "other", contract: "ba9876543210/1")

    /// Checks a store, which must be empty.
    ///
    /// - Throws: ``Violation`` at the first violated requirement, and all errors of the store.
    public static func check(_ store: some GalleryStore) async throws {
        try await checkGalleries(store)
        try await checkPeople(store)
        try await checkSearch(store)
        try await checkRemoval(store)
        try await checkExport(store)
    }

    private static func checkGalleries(_ store: some GalleryStore) async throws {
        try expect(try await store.galleries().isEmpty, "a new store has no galleries")
        let staff = try await store.createGallery("staff", model: model, dimension: 4)
        try await expectError("gallery_exists") {
            try await store.createGallery("staff", model: model, dimension: 4)
        }
        try await expectError("no_such_gallery") { try await store.gallery("guests") }
        try await expectError("invalid_name") {
            try await store.createGallery("  ", model: model, dimension: 4)
        }
        let opened = try await store.openOrCreateGallery("staff", model: model, dimension: 4)
        try expect(opened.info.id == staff.info.id, "an existing gallery is opened, not created again")
        // The gallery is empty, so another model may use the name, and users of the old gallery get an error.
        let replaced = try await store.openOrCreateGallery("staff", model: other, dimension: 8)
        try expect(replaced.info.dimension == 8, "an empty gallery is replaced by one of another model")
        try await expectError("no_such_gallery") {
            try await staff.enroll("Ada", try embedding([1, 0, 0, 0]))
        }
        try await store.renameGallery("staff", to: "crew")
        try expect(try await store.galleries().map(\.name) == ["crew"], "a renamed gallery has only the new name")
        try await store.removeGallery("crew")
        try expect(try await store.galleries().isEmpty, "a removed gallery is gone")
    }

    private static func checkPeople(_ store: some GalleryStore) async throws {
        let gallery = try await store.createGallery("people", model: model, dimension: 4)
        let first = try await gallery.enroll("Ada", try embedding([1, 0, 0, 0]), metadata: ["team": "engines"])
        let second = try await gallery.enroll("Ada", try embedding([1, 1, 0, 0]), metadata: ["floor": "2"])
        try expect(first.isNewPerson && !second.isNewPerson, "a second picture belongs to the same person")
        try expect(second.person.templates == 2, "a person has the number of templates")
        try expect(second.person.metadata == ["team": "engines", "floor": "2"], "metadata are merged")
        let twin = try await gallery.enroll("Ada", try embedding([0, 1, 0, 0]), id: "twin")
        try expect(twin.isNewPerson && twin.person.id == "twin", "another id makes another person")
        try await expectError("ambiguous_name") { try await gallery.enroll("Ada", try embedding([0, 0, 1, 0])) }
        try await expectError("person_exists") {
            try await gallery.enroll("Grace", try embedding([0, 0, 1, 0]), id: "twin")
        }
        try await expectError("model_mismatch") {
            try await gallery.enroll("Grace", try Embedding(normalizing: [1, 0, 0, 0], model: other))
        }
        try await expectError("no_such_person") { try await gallery.person("Grace") }
        try await gallery.rename("twin", to: "Grace")
        try expect(try await gallery.person("Grace").id == "twin", "a person is found by the new name")
        try expect(try await gallery.people().map(\.name) == ["Ada", "Grace"], "people are sorted by name")
        let templates = try await gallery.templates(of: first.person.id)
        try expect(templates.map(\.id) == [first.template.id, second.template.id], "templates are oldest first")
        let kept = try await gallery.embedding(of: second.template.id)
        try expect(kept == (try embedding([1, 1, 0, 0])), "an embedding is stored exactly")
        try await gallery.merge("twin", into: first.person.id)
        let merged = try await gallery.person(first.person.id)
        try expect(merged.templates == 3, "merged people have all templates")
        try await expectError("no_such_person") { try await gallery.person("twin") }
        try await store.removeGallery("people")
    }

    private static func checkSearch(_ store: some GalleryStore) async throws {
        let gallery = try await store.createGallery("search", model: model, dimension: 4)
        try expect(
            try await gallery.candidates(for: try embedding([1, 0, 0, 0]), count: 3).isEmpty,
            "an empty gallery has no candidates")
        for (name, values) in [("Ada", [1, 0, 0, 0]), ("Ada", [0.8, 0.6, 0, 0]), ("Grace", [0, 1, 0, 0])] {
            try await gallery.enroll(name, try embedding(values.map(Float.init)))
        }
        let found = try await gallery.candidates(for: try embedding([0.7, 0.714, 0, 0]), count: 5)
        try expect(found.map(\.person.name) == ["Ada", "Grace"], "each person counts once, the nearest first")
        let expected = Float(0.8 * 0.7 + 0.6 * 0.714) / Float((0.7 * 0.7 + 0.714 * 0.714).squareRoot())
        try expect(abs((found.first?.similarity ?? 0) - expected) < 1e-5, "a person counts with the nearest template")
        try await store.removeGallery("search")
    }

    private static func checkRemoval(_ store: some GalleryStore) async throws {
        let gallery = try await store.createGallery("removal", model: model, dimension: 4)
        let ada = try await gallery.enroll("Ada", try embedding([1, 0, 0, 0]))
        let grace = try await gallery.enroll("Grace", try embedding([0, 1, 0, 0]))
        _ = try await gallery.candidates(for: try embedding([1, 0, 0, 0]), count: 1)
        try await gallery.remove(ada.person.id)
        let left = try await gallery.candidates(for: try embedding([1, 0, 0, 0]), count: 5)
        try expect(left.map(\.person.name) == ["Grace"], "a removed person is no longer found")
        try await gallery.removeTemplate(grace.template.id)
        try expect(try await gallery.person("Grace").templates == 0, "a person stays when the last template is removed")
        let size = try await gallery.size()
        try expect(size == GallerySize(people: 1, templates: 0), "a gallery's size follows removals")
        try await expectError("no_such_template") { try await gallery.embedding(of: grace.template.id) }
        try await expectError("no_such_person") { try await gallery.remove(ada.person.id) }
        try await store.removeGallery("removal")
    }

    private static func checkExport(_ store: some GalleryStore) async throws {
        let gallery = try await store.createGallery("export", model: model, dimension: 4)
        try await gallery.enroll("Ada", try embedding([1, 0, 0, 0]), metadata: ["team": "engines"])
        try await gallery.enroll("Ada", try embedding([0, 1, 0, 0]), from: EnrollmentSource(label: "ada.jpg"))
        let file = FileManager.default.temporaryDirectory.appending(path: "contract-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try await gallery.export(to: file)
        let copy = try await store.importGallery(from: file, as: "copy")
        let (before, after) = (try await gallery.people(), try await copy.people())
        try expect(before == after, "an imported gallery has the same people")
        let label = try await copy.templates(of: after.first?.id ?? "").last?.label
        try expect(label == "ada.jpg", "an imported gallery has the same templates")
        for name in ["export", "copy"] { try await store.removeGallery(name) }
    }

    private static func embedding(_ values: [Float]) throws -> Embedding {
        try Embedding(normalizing: values, model: model)
    }

    private static func expect(_ isTrue: Bool, _ promise: String) throws {
        if !isTrue { throw Violation(description: "broken: \(promise)") }
    }

    private static func expectError(_ code: String, _ body: () async throws -> Any) async throws {
        do {
            _ = try await body()
        } catch let error as GalleryError {
            guard error.code == code else {
                throw Violation(description: "the error is \(error.code), but should be \(code)")
            }
            return
        }
        throw Violation(description: "there is no error, but it should be \(code)")
    }
}
