import Faces
import Foundation
import GRDB
import Testing

@testable import Identities
@testable import IdentitiesSQLite

@Suite("Creation of stores")
struct StoreMakingTests {
    @Test("Eight processes create one store, one gallery and eight people at once, repeatedly, and nothing is missing")
    func atOnce() async throws {
        try await withFolder { folder in
            for round in 0..<8 {
                let url = folder.appending(path: "\(round).sqlite")
                let helpers = try (0..<8).map { try Helper(["first", url.path, "staff", "\($0)"]) }
                for (number, helper) in helpers.enumerated() {
                    let outcome = helper.outcome()
                    #expect(outcome.status == 0 && outcome.text == "\(number)\n", "round \(round): \(outcome)")
                }
                let gallery = try await SQLiteStore(at: url).gallery("staff")
                #expect(try await gallery.size() == GallerySize(people: 8, templates: 8), "round \(round)")
                #expect(try mode(of: url) == 0o600)
            }
        }
    }

    @Test("A process that is killed while creating a store leaves one that the next process completes")
    func killed() async throws {
        try await withFolder { folder in
            for round in 0..<20 {
                let url = folder.appending(path: "\(round).sqlite")
                let helper = try Helper(["first", url.path, "staff", "1"])
                usleep(UInt32(2_000 * round))
                helper.kill()
                let after = try Helper(["first", url.path, "staff", "2"]).outcome()
                #expect(after.status == 0, "round \(round): \(after)")
                let people = try await SQLiteStore(at: url).gallery("staff").people().map(\.name)
                #expect(people == ["person 2"] || people == ["person 1", "person 2"], "round \(round)")
            }
        }
    }

    @Test("Incomplete stores of earlier versions are completed")
    func halfMade() async throws {
        try await withFolder { folder in
            let empty = folder.appending(path: "empty.sqlite")
            try Data().write(to: empty)
            #expect(try await SQLiteStore(at: empty).galleries().isEmpty)

            // The first version created the list of versions in a separate transaction.
            let list = folder.appending(path: "list.sqlite")
            try await connection(to: list).write {
                try $0.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
            }
            #expect(try await SQLiteStore(at: list).galleries().isEmpty)
        }
    }

    @Test("A gallery that is requested twice is created once; another model is refused unless it is empty")
    func openOrCreate() async throws {
        try await withGallery { gallery, store in
            let same = try await store.openOrCreateGallery("staff", model: model, dimension: 8)
            #expect(same.info == gallery.info)
            try await gallery.enroll("Ada", try axis(1))
            #expect(
                await code { _ = try await store.openOrCreateGallery("staff", model: otherModel, dimension: 8) }
                    == "model_mismatch")
            #expect(try await store.openOrCreateGallery(" staff ", model: model, dimension: 8).info == gallery.info)
        }
    }

    @Test("An empty gallery is replaced for another model, and processes that have it open get an error")
    func emptyGallery() async throws {
        try await withGallery { gallery, store in
            let other = try await store.openOrCreateGallery("staff", model: otherModel, dimension: 5)
            #expect(other.model == otherModel && other.info.dimension == 5)
            #expect(try await store.galleries() == [other.info])
            #expect(await code { try await gallery.enroll("Ada", try axis(1)) } == "no_such_gallery")
            #expect(await code { _ = try await gallery.identify(try axis(1), threshold: 0.5) } == "no_such_gallery")
            #expect(try await other.size().isEmpty)
        }
    }
}
