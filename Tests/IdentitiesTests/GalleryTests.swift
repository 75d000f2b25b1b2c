import Faces
import Foundation
import Identities
import IdentitiesSQLite
import Testing

@Suite("Galleries")
struct GalleryTests {
    @Test("A gallery has a fixed model, and opens with it")
    func pinsModel() async throws {
        try await withGallery { gallery, store in
            let again = try await store.gallery("staff")
            #expect(again.model == model)
            #expect(again.info == gallery.info)
            let stranger = try embedding(try axis(0).values, otherModel)
            #expect(await code { try await again.enroll("Ada", stranger) } == "model_mismatch")
            #expect(await code { _ = try await again.identify(stranger, threshold: 0) } == "model_mismatch")
            #expect(await code { try await again.enroll("Ada", try axis(0, 9)) } == "dimension_mismatch")
            #expect(try await again.size() == GallerySize(people: 0, templates: 0))
        }
    }

    @Test("A decoded embedding that is not a unit vector is refused")
    func decodedEmbedding() async throws {
        try await withGallery(dimension: 2) { gallery, _ in
            let json = #"{"values":[3,4],"model":{"name":"sface","contract":"0123456789ab/1"}}"#
            let long = try JSONDecoder().decode(Embedding.self, from: Data(json.utf8))
            #expect(await code { try await gallery.enroll("Ada", long) } == "invalid_vector")
            #expect(await code { _ = try await gallery.identify(long, threshold: 0) } == "invalid_vector")
        }
    }

    @Test("Creating, listing, renaming and removing galleries")
    func galleries() async throws {
        try await withGallery { _, store in
            try await store.createGallery("guests", model: otherModel, dimension: 512)
            #expect(try await store.galleries().map(\.name) == ["guests", "staff"])
            #expect(try await store.galleries().map(\.dimension) == [512, 8])
            #expect(
                await code { try await store.createGallery("staff", model: model, dimension: 8) } == "gallery_exists")
            #expect(await code { try await store.createGallery(" \n", model: model, dimension: 8) } == "invalid_name")
            #expect(await code { try await store.renameGallery("guests", to: "staff") } == "gallery_exists")
            try await store.renameGallery("guests", to: "visitors")
            #expect(await code { _ = try await store.gallery("guests") } == "no_such_gallery")
            try await store.removeGallery("visitors")
            #expect(await code { try await store.removeGallery("visitors") } == "no_such_gallery")
            #expect(try await store.galleries().map(\.name) == ["staff"])
        }
    }

    @Test("A removed gallery can no longer be searched or changed")
    func removedGallery() async throws {
        try await withGallery { gallery, store in
            try await gallery.enroll("Ada", try axis(0))
            _ = try await gallery.identify(try axis(0), threshold: 0.5)
            try await store.removeGallery("staff")
            #expect(await code { try await gallery.enroll("Ada", try axis(0)) } == "no_such_gallery")
            #expect(await code { _ = try await gallery.identify(try axis(0), threshold: 0.5) } == "no_such_gallery")
            #expect(await code { _ = try await gallery.size() } == "no_such_gallery")
            #expect(await code { _ = try await gallery.people() } == "no_such_gallery")
            #expect(await code { _ = try await gallery.people(named: "Ada") } == "no_such_gallery")
            _ = try await store.createGallery("visitors", model: model, dimension: 8)
            do {
                try await gallery.enroll("Ada", try axis(0))
            } catch {
                #expect("\(error)" == "there is no gallery 'staff'; the store has 'visitors'")
            }
            let anew = try await store.createGallery("staff", model: model, dimension: 8)
            #expect(anew.info.id != gallery.info.id)
            #expect(try await anew.identify(try axis(0), threshold: 0.5) == .unknown(nearest: nil))
        }
    }

    @Test("The error names the existing galleries")
    func helpfulError() async throws {
        try await withGallery { _, store in
            do {
                _ = try await store.gallery("stuff")
                Issue.record("opened")
            } catch {
                #expect("\(error)" == "there is no gallery 'stuff'; the store has 'staff'")
            }
        }
    }

    @Test("A person has an id, a name, metadata and several templates, stored bit by bit")
    func people() async throws {
        try await withGallery { gallery, _ in
            let face = try embedding([0.3, -0.2, 0.9, 0.1, 0.05, -0.4, 0.7, 0.2])
            let source = EnrollmentSource(label: "ada.jpg", digest: "ab12", context: try portrait())
            let first = try await gallery.enroll("Ada Lovelace", face, metadata: ["team": "engines"], from: source)
            #expect(first.isNewPerson)
            #expect(UUID(uuidString: first.person.id) != nil)
            let second = try await gallery.enroll("Ada Lovelace", try axis(1), metadata: ["floor": "2"])
            #expect(!second.isNewPerson)
            #expect(second.person.id == first.person.id)
            let ada = try await gallery.person("Ada Lovelace")
            #expect(ada == second.person)
            #expect(ada.metadata == ["team": "engines", "floor": "2"])
            #expect(ada.templates == 2)
            #expect(try await gallery.person(ada.id) == ada)
            let templates = try await gallery.templates(of: ada.id)
            #expect(templates == [first.template, second.template])
            #expect(templates.first?.label == "ada.jpg")
            #expect(templates.first?.digest == "ab12")
            #expect(try templates.first?.context == portrait())
            #expect(templates.last?.context == nil)
            #expect(try await gallery.embedding(of: first.template.id) == face)
            #expect(await code { _ = try await gallery.embedding(of: 999) } == "no_such_template")
            #expect(await code { _ = try await gallery.templates(of: "nobody") } == "no_such_person")
        }
    }

    @Test("Two people with the same name are distinguished by id")
    func sameName() async throws {
        try await withGallery { gallery, _ in
            try await gallery.enroll("Kim", try axis(0), id: "k1")
            try await gallery.enroll("Kim", try axis(1), id: "k2")
            try await gallery.enroll("Kim", try axis(2), id: "k2")
            #expect(try await gallery.people().map(\.templates) == [1, 2])
            #expect(await code { try await gallery.enroll("Kim", try axis(3)) } == "ambiguous_name")
            #expect(await code { _ = try await gallery.person("Kim") } == "ambiguous_name")
            #expect(await code { try await gallery.enroll("Lee", try axis(3), id: "k1") } == "person_exists")
            #expect(await code { try await gallery.enroll("  ", try axis(3)) } == "invalid_name")
            #expect(try await gallery.person("k2").templates == 2)
        }
    }

    @Test("Renaming, metadata, and merging people")
    func editing() async throws {
        try await withGallery { gallery, _ in
            try await gallery.enroll("Ada", try axis(0), id: "a", metadata: ["x": "old", "only": "a"])
            try await gallery.enroll("A. Lovelace", try axis(1), id: "b", metadata: ["x": "new"])
            _ = try await gallery.identify(try axis(0), threshold: 0.5)
            try await gallery.rename("b", to: "Ada Lovelace")
            #expect(try await gallery.identify(try axis(1), threshold: 0.5).person?.name == "Ada Lovelace")
            try await gallery.merge("a", into: "b")
            let people = try await gallery.people()
            #expect(people.map(\.id) == ["b"])
            #expect(people.first?.metadata == ["x": "new", "only": "a"])
            #expect(people.first?.templates == 2)
            #expect(try await gallery.identify(try axis(0), threshold: 0.5).person?.id == "b")
            try await gallery.setMetadata(["y": "1"], of: "b")
            #expect(try await gallery.person("b").metadata == ["y": "1"])
            #expect(await code { try await gallery.rename("a", to: "x") } == "no_such_person")
            #expect(await code { try await gallery.merge("a", into: "b") } == "no_such_person")
            #expect(await code { try await gallery.rename("b", to: "") } == "invalid_name")
        }
    }

    @Test("Removed people and templates are not found; a person may stay without templates")
    func removing() async throws {
        try await withGallery { gallery, _ in
            let ada = try await gallery.enroll("Ada", try axis(0))
            let grace = try await gallery.enroll("Grace", try axis(1))
            #expect(try await gallery.identify(try axis(0), threshold: 0.5).person?.name == "Ada")
            try await gallery.remove(ada.person.id)
            #expect(try await gallery.identify(try axis(0), threshold: 0.5).nearest?.person.name == "Grace")
            #expect(await code { try await gallery.remove(ada.person.id) } == "no_such_person")
            try await gallery.removeTemplate(grace.template.id)
            #expect(await code { try await gallery.removeTemplate(grace.template.id) } == "no_such_template")
            #expect(try await gallery.identify(try axis(1), threshold: 0.5) == .unknown(nearest: nil))
            #expect(try await gallery.size() == GallerySize(people: 1, templates: 0))
        }
    }

    @Test("Galleries in one store are independent")
    func apart() async throws {
        try await withGallery { staff, store in
            let guests = try await store.createGallery("guests", model: model, dimension: 8)
            let ada = try await staff.enroll("Ada", try axis(0), id: "a")
            try await guests.enroll("Ada", try axis(1), id: "a")
            #expect(
                try await guests.identify(try axis(0), threshold: 0.5)
                    == .unknown(nearest: try await guests.candidates(for: try axis(0), count: 1).first))
            #expect(await code { _ = try await guests.embedding(of: ada.template.id) } == "no_such_template")
            #expect(await code { try await guests.removeTemplate(ada.template.id) } == "no_such_template")
            try await guests.remove("a")
            #expect(try await staff.identify(try axis(0), threshold: 0.5).person?.id == "a")
        }
    }
}
