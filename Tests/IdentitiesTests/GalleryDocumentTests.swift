import Faces
import Foundation
import Identities
import Testing

@Suite("Galleries as one value")
struct GalleryDocumentTests {
    private actor Store: GalleryDocumentStore {
        private(set) var document: GalleryDocument
        nonisolated let files: [URL] = []

        init(_ document: GalleryDocument = GalleryDocument()) { self.document = document }

        func update<Result: Sendable>(_ change: (inout GalleryDocument) throws -> Result) throws -> Result {
            try change(&document)
        }
    }

    private static let model = ModelIdentity(name: "fake", contract: "0123456789ab/1")

    private func filled() async throws -> Store {
        let store = Store()
        let gallery = try await store.createGallery("staff", model: Self.model, dimension: 2)
        let ada = try Embedding(normalizing: [3, 4], model: Self.model)
        try await gallery.enroll("Ada", ada, id: "a", metadata: ["team": "engines"])
        try await gallery.enroll("Ada", ada, from: EnrollmentSource(label: "ada.jpg"))
        return store
    }

    @Test("JSON keeps every gallery, and ids are not given again")
    func coding() async throws {
        let before = try await filled().document
        let data = try JSONEncoder().encode(before)
        let after = try JSONDecoder().decode(GalleryDocument.self, from: data)
        #expect(after == before)
        let gallery = try await Store(after).gallery("staff")
        let person = try await gallery.person("a")
        #expect(person.metadata == ["team": "engines"])
        let templates = try await gallery.templates(of: "a")
        #expect(templates.map(\.id) == [1, 2])
        #expect(templates.map(\.label) == [nil, "ada.jpg"])
        try await gallery.removeTemplate(2)
        let next = try await gallery.enroll("Ada", try Embedding(normalizing: [4, 3], model: Self.model))
        #expect(next.template.id == 3)
    }

    @Test(
        "A damaged document is refused",
        arguments: [
            ("\"version\":1", "\"version\":2"),
            ("\"lastTemplate\":2", "\"lastTemplate\":1"),
            ("\"lastTemplate\":2", "\"lastTemplate\":9223372036854775807"),
            ("\"lastGallery\":1", "\"lastGallery\":0"),
            ("\"dimension\":2", "\"dimension\":3"),
            ("\"dimension\":2", "\"dimension\":0"),
            ("\"name\":\"Ada\"", "\"name\":\" \""),
            ("\"name\":\"staff\"", "\"name\":\" staff\""),
            ("\"id\":2", "\"id\":1"),
            ("\"vector\":\"", "\"vector\":\"AAAA"),
        ])
    func damage(what: String, with: String) async throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = String(decoding: try encoder.encode(try await filled().document), as: UTF8.self)
        let damaged = text.replacingOccurrences(of: what, with: with)
        try #require(damaged != text)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(GalleryDocument.self, from: Data(damaged.utf8))
        }
    }

    @Test("A change that throws changes nothing")
    func failure() async throws {
        let store = try await filled()
        let before = await store.document
        await #expect(throws: GalleryError.self) { try await store.renameGallery("staff", to: "\n") }
        let gallery = try await store.gallery("staff")
        await #expect(throws: GalleryError.self) { try await gallery.merge("a", into: "nobody") }
        await #expect(throws: GalleryError.self) { try await gallery.remove("nobody") }
        let after = await store.document
        #expect(after == before)
    }
}
