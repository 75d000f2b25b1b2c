import Faces
import Foundation
import GRDB
import LikenessSupport
import Testing

@testable import Identities
@testable import IdentitiesSQLite

@Suite("Rows with invalid values")
struct DamagedRowsTests {
    private static let columns = [
        "gallery": ["name", "model", "contract", "dimension", "created", "revision"],
        "person": ["gallery", "id", "name", "metadata", "created"],
        "template": ["gallery", "person", "revision", "label", "digest", "context", "created", "vector"],
        "removal": ["template", "gallery", "revision"],
    ]
    private static let values = [
        "NULL", "''", "'text'", "x''", "x'FF'", "CAST(x'41FF00C3' AS TEXT)", "CAST(x'EDA080' AS TEXT)", "0", "-1",
        "9223372036854775807", "-9223372036854775808", "2305843009213693952", "1e300", "-1e300", "0.5", "1e999",
        "zeroblob(32)", "zeroblob(3)", "randomblob(32)", "'{}'", "'{\"a\":1}'", "'[]'", "'{\"yaw\":1e99}'",
        "printf('%.*c', 70000, 'x')",
    ]

    /// Calls every reading operation and some changes; each must return a result or throw an error of this library.
    private func readAll(_ store: SQLiteStore, _ file: URL, changes: Bool) async {
        func attempt(_ body: () async throws -> Void) async {
            do {
                try await body()
            } catch {
                #expect(error is GalleryError, "\(error)")
            }
        }
        await attempt { _ = try await store.galleries().map { "\($0) \($0.created.ISO8601Format())" } }
        for name in ["staff", "other"] {
            guard let gallery = try? await store.gallery(name) else { continue }
            await attempt { _ = try await gallery.size() }
            await attempt {
                for person in try await gallery.people() {
                    _ = person.created.ISO8601Format()
                    _ = try await gallery.person(person.id)
                    for template in try await gallery.templates(of: person.id) {
                        _ = template.created.ISO8601Format()
                        _ = try await gallery.embedding(of: template.id)
                    }
                }
            }
            await attempt { _ = try await gallery.identify(try axis(0), threshold: 0.5) }
            await attempt { try await gallery.export(to: file) }
            guard changes else { continue }
            await attempt { try await gallery.enroll("Ada", try axis(5)) }
            await attempt { try await gallery.remove("a") }
        }
    }

    @Test("No value in a row ends the process", arguments: 0..<4)
    func everyColumn(_ part: Int) async throws {
        try await withFolder { folder in
            let whole = folder.appending(path: "whole.sqlite")
            try await fill(whole)
            var number = 0
            for (table, columns) in Self.columns.sorted(by: { $0.key < $1.key }) {
                for column in columns {
                    for value in Self.values {
                        number += 1
                        guard number % 4 == part else { continue }
                        let url = folder.appending(path: "damaged.sqlite")
                        for suffix in StoreFile.suffixes {
                            try? FileManager.default.removeItem(atPath: url.path + suffix)
                        }
                        try FileManager.default.copyItem(at: whole, to: url)
                        try damage(url, "UPDATE \(table) SET \(column) = \(value)")
                        let store = try await SQLiteStore(at: url)
                        await readAll(store, folder.appending(path: "export.jsonl"), changes: number % 5 == 0)
                    }
                }
            }
            #expect(number > 500)
        }
    }

    /// Creates a closed store with two galleries, whose log is empty and whose tables accept any values.
    private func fill(_ url: URL) async throws {
        func make() async throws {
            let store = try await SQLiteStore(at: url)
            let gallery = try await store.createGallery("staff", model: model, dimension: 8)
            try await store.createGallery("other", model: otherModel, dimension: 4)
            try await gallery.enroll(
                "Ada", try axis(0), id: "a", metadata: ["x": "y"],
                from: EnrollmentSource(label: "a.jpg", digest: "ab", context: try portrait()))
            try await gallery.enroll("Grace", try axis(1), id: "g")
            let third = try await gallery.enroll("Grace", try axis(2), id: "g")
            try await gallery.removeTemplate(third.template.id)
        }
        try await make()
        try damage(
            url,
            """
            PRAGMA writable_schema = ON;
            UPDATE sqlite_master SET sql = replace(replace(sql, ' NOT NULL', ''), 'INTEGER,', ',')
            WHERE type = 'table' AND name IN ('gallery', 'person', 'template', 'removal');
            """)
    }

    private func damage(_ url: URL, _ sql: String) throws {
        let queue = try connection(to: url)
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
            // A value that a column can't hold at all is not damage to test.
            do { try database.execute(sql: sql) } catch let error as DatabaseError
                where error.resultCode == .SQLITE_MISMATCH || error.resultCode == .SQLITE_CONSTRAINT
            {}
        }
        try queue.close()
    }

    @Test("Missing or different tables are a damaged store")
    func otherTables() async throws {
        for sql in ["DROP TABLE template", "DROP TABLE person", "ALTER TABLE person RENAME COLUMN name TO other"] {
            try await withFolder { folder in
                let url = folder.appending(path: "people.sqlite")
                try await fill(url)
                try damage(url, sql)
                let store = try await SQLiteStore(at: url)
                #expect(await code { _ = try await store.gallery("staff").people() } == "store_damaged", "\(sql)")
            }
        }
    }

    @Test("Random bytes in the file give an error of this library, or correct results")
    func randomBytes() async throws {
        try await withFolder { folder in
            let whole = folder.appending(path: "whole.sqlite")
            try await fill(whole)
            let bytes = try Data(contentsOf: whole)
            var generator = SplitMix64(state: 15)
            for round in 0..<150 {
                var damaged = bytes
                for _ in 0..<(1 << (round % 8)) {
                    damaged[Int(generator.next() % UInt64(damaged.count))] = UInt8(truncatingIfNeeded: generator.next())
                }
                if round % 10 == 0 { damaged = damaged.prefix(Int(generator.next() % UInt64(damaged.count))) }
                let url = folder.appending(path: "\(round).sqlite")
                try damaged.write(to: url)
                do {
                    let store = try await SQLiteStore(reading: url, patience: 0.1)
                    await readAll(store, folder.appending(path: "export.jsonl"), changes: false)
                } catch {
                    #expect(error is GalleryError, "round \(round): \(error)")
                }
            }
        }
    }
}
