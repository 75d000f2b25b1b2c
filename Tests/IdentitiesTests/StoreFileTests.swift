import Faces
import Foundation
import GRDB
import LikenessSupport
import Testing

@testable import Identities
@testable import IdentitiesSQLite

@Suite("The store's files")
struct StoreFileTests {
    @Test("All three files have mode 0600, and the folder's mode does not change")
    func permissions() async throws {
        try await withFolder { folder in
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
            let url = folder.appending(path: "people.sqlite")
            let store = try await SQLiteStore(at: url)
            let gallery = try await store.createGallery("staff", model: model, dimension: 8)
            try await gallery.enroll("Ada", try axis(0))
            _ = try await gallery.people()
            for name in ["people.sqlite", "people.sqlite-wal", "people.sqlite-shm"] {
                #expect(try mode(of: folder.appending(path: name)) == 0o600, "\(name)")
            }
            #expect(try mode(of: folder) == 0o755)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 3)
        }
    }

    @Test("A closed store opens again with its whole content")
    func reopening() async throws {
        try await withFolder { folder in
            let url = folder.appending(path: "people.sqlite")
            func fill() async throws {
                let store = try await SQLiteStore(at: url)
                let gallery = try await store.createGallery("staff", model: model, dimension: 8)
                try await gallery.enroll("Ada", try axis(3), metadata: ["a": "b"])
            }
            try await fill()
            let gallery = try await SQLiteStore(at: url).gallery("staff")
            #expect(try await gallery.identify(try axis(3), threshold: 0.9).person?.metadata == ["a": "b"])
        }
    }

    @Test("Every write waits for the disk, and freed bytes are overwritten")
    func durability() async throws {
        try await withGallery { _, store in
            let settings = try await store.database.writeWithoutTransaction { database in
                try ["synchronous", "secure_delete", "foreign_keys"].map {
                    try Int.fetchOne(database, sql: "PRAGMA \($0)")
                }
            }
            // 2 is FULL: the log is on the disk before a transaction is acknowledged.
            #expect(settings == [2, 1, 1])
        }
    }

    @Test("An acknowledged enrollment is in the files before anything is closed")
    func acknowledged() async throws {
        try await withGallery(dimension: 128) { gallery, store in
            var generator = SplitMix64(state: 1)
            let face = try embedding(generator.direction(128))
            try await gallery.enroll("Ada", face)
            #expect(try contains(bytes(of: face), in: store.url))
        }
    }

    @Test("Other files are refused and not changed")
    func foreignFiles() async throws {
        try await withFolder { folder in
            let text = folder.appending(path: "notes.txt")
            try Data(
                "not a database, but a text of more than a hundred bytes, as a header of SQLite would be: 1234567890"
                    .utf8
            )
            .write(to: text)
            let before = try Data(contentsOf: text)
            #expect(await code { _ = try await SQLiteStore(at: text) } == "not_a_store")
            #expect(try Data(contentsOf: text) == before)

            let foreign = folder.appending(path: "other.sqlite")
            try await connection(to: foreign).write { try $0.execute(sql: "CREATE TABLE t (x)") }
            let foreignBefore = try Data(contentsOf: foreign)
            #expect(await code { _ = try await SQLiteStore(at: foreign) } == "not_a_store")
            #expect(try Data(contentsOf: foreign) == foreignBefore)

            #expect(await code { _ = try await SQLiteStore(at: folder) } == "store_unavailable")
            let nowhere = folder.appending(path: "no/such/folder/people.sqlite")
            #expect(await code { _ = try await SQLiteStore(at: nowhere) } == "store_unavailable")
        }
    }

    @Test("A newer version's store is refused")
    func newer() async throws {
        try await withGallery { _, store in
            try await connection(to: store.url).write {
                try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999')")
            }
            #expect(await code { _ = try await SQLiteStore(at: store.url) } == "newer_store")
        }
    }

    @Test("A locked store is reported as busy, not as damaged")
    func busy() async throws {
        try await withGallery { _, store in
            let patient = try await SQLiteStore(at: store.url, patience: 0.05)
            let gallery = try await patient.gallery("staff")
            let other = try connection(to: store.url)
            try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
            #expect(await code { try await gallery.enroll("Ada", try axis(0)) } == "store_busy")
            try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
            try await gallery.enroll("Ada", try axis(0))
            #expect(try await gallery.people().count == 1)
        }
    }

    @Test("A damaged vector is reported, not searched")
    func damaged() async throws {
        try await withGallery { gallery, store in
            try await gallery.enroll("Ada", try axis(0))
            try await connection(to: store.url).write {
                try $0.execute(sql: "UPDATE template SET vector = x'0000C07F'")
            }
            #expect(await code { _ = try await gallery.identify(try axis(0), threshold: 0.5) } == "store_damaged")
        }
    }

    @Test("Every error has a distinct code and a sentence")
    func errors() {
        let errors: [GalleryError] = [
            .noSuchGallery("a", known: []), .galleryExists("a"), .invalidName("the name", reason: "is blank"),
            .modelMismatch(gallery: "a", expected: model, found: otherModel),
            .dimensionMismatch(expected: 1, found: 2), .invalidVector("x"), .noSuchPerson("a", gallery: "b"),
            .ambiguousName("a", ids: ["1", "2"]), .personExists(id: "a", name: "b"),
            .noSuchTemplate(1, gallery: "a"), .enrollmentRefused([]), .notAStore("a"), .newerStore("a"),
            .unavailable("a", reason: "b"), .readOnly("a"), .busy("a"), .diskFull("a"), .outOfMemory("a"),
            .damaged("a", reason: "b"),
            .notScrubbed("a"), .noExport("a"), .invalidExport("a", line: 2, reason: "b"),
            .unsupportedFalseAlarmRate(
                FalseAlarmShortfall(
                    asked: 0.01, size: GallerySize(people: 1000, templates: 1000), neededRate: 1e-5, neededPairs: 3e6,
                    pairs: 500_000, lowestRate: 6e-5, lowest: 0.06)),
        ]
        #expect(Set(errors.map(\.code)).count == errors.count)
        #expect(Set(errors.map(\.description)).count == errors.count)
    }
}

/// Returns a vector as the store keeps it.
func bytes(of embedding: Embedding) -> Data {
    embedding.values.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
}

/// Returns whether any of a store's files holds `needle`.
func contains(_ needle: Data, in store: URL) throws -> Bool {
    try ["", "-wal", "-shm", "-journal"].contains { suffix in
        let path = store.path + suffix
        guard FileManager.default.fileExists(atPath: path) else { return false }
        return try Data(contentsOf: URL(filePath: path)).range(of: needle) != nil
    }
}
