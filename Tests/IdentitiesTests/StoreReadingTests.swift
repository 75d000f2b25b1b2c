import Faces
import Foundation
import GRDB
import LikenessSupport
import Testing

@testable import Identities
@testable import IdentitiesSQLite

@Suite("Read-only stores")
struct StoreReadingTests {
    /// Creates a closed store with people of the helper's numbers 0..<`count`, whose log is merged.
    private func fill(_ url: URL, count: Int = 3) async throws {
        let store = try await SQLiteStore(at: url)
        let gallery = try await store.createGallery("staff", model: model, dimension: 32)
        for number in 0..<count { try await gallery.enroll("person \(number)", try expected(number, of: gallery)) }
        try await store.scrub()
    }

    private func contents(_ folder: URL) throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return try Dictionary(
            uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: folder.appending(path: $0))) })
    }

    @Test("A store opened for reading follows changes of others, and refuses its own")
    func reading() async throws {
        try await withGallery { gallery, store in
            let reader = try await SQLiteStore(reading: store.url)
            #expect(reader.use == .reading)
            let seen = try await reader.gallery("staff")
            let ada = try await gallery.enroll("Ada", try axis(0))
            #expect(try await seen.identify(try axis(0), threshold: 0.9).person?.name == "Ada")
            #expect(await code { try await seen.enroll("Grace", try axis(1)) } == "store_read_only")
            #expect(await code { try await seen.remove(ada.person.id) } == "store_read_only")
            #expect(await code { try await seen.rename(ada.person.id, to: "x") } == "store_read_only")
            #expect(await code { try await reader.scrub() } == "store_read_only")
            #expect(try await gallery.people().map(\.name) == ["Ada"])
        }
    }

    @Test("Reading a missing store is an error and does not create it; an empty file is a store without galleries")
    func absent() async throws {
        try await withFolder { folder in
            let url = folder.appending(path: "people.sqlite")
            #expect(await code { _ = try await SQLiteStore(reading: url) } == "store_unavailable")
            try Data().write(to: url)
            #expect(try await SQLiteStore(reading: url).galleries().isEmpty)
            #expect(try contents(folder) == ["people.sqlite": Data()])
            try Data(repeating: 65, count: 4096).write(to: url)
            #expect(await code { _ = try await SQLiteStore(reading: url) } == "not_a_store")
            #expect(await code { _ = try await SQLiteStore(reading: folder) } == "store_unavailable")
            #expect(
                await code { _ = try await SQLiteStore(reading: URL(filePath: "/dev/null")) } == "store_unavailable")
        }
    }

    @Test("A copy in memory equals the file and its log, and does not change them", arguments: [false, true])
    func copies(withLog: Bool) async throws {
        try await withFolder { folder in
            let original = folder.appending(path: "original"), copied = folder.appending(path: "copied")
            for folder in [original, copied] {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            }
            let url = original.appending(path: "people.sqlite")
            let store = try await SQLiteStore(at: url)
            let gallery = try await store.createGallery("staff", model: model, dimension: 32)
            for number in 0..<40 { try await gallery.enroll("person \(number)", try expected(number, of: gallery)) }
            if !withLog { try await store.scrub() }
            // As after a crash: without shared memory, and with or without the log.
            for name in ["people.sqlite"] + (withLog ? ["people.sqlite-wal"] : []) {
                try FileManager.default.copyItem(at: original.appending(path: name), to: copied.appending(path: name))
            }
            let before = try contents(copied)
            let copy = try StoreCopy(copied.appending(path: "people.sqlite").path, patience: 1).open()
            let found = try copy.read { database in
                try Row.fetchAll(database, sql: "SELECT name, vector FROM person JOIN template ON person = key")
            }
            let truth = try store.database.read { database in
                try Row.fetchAll(database, sql: "SELECT name, vector FROM person JOIN template ON person = key")
            }
            #expect(found.count == 40 && found == truth)
            #expect(try await copy.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok")
            #expect(try contents(copied) == before)
        }
    }

    @Test("A log truncated or damaged anywhere gives the state of an earlier commit, as SQLite's own recovery does")
    func damagedLogs() async throws {
        try await withFolder { folder in
            let url = folder.appending(path: "people.sqlite")
            let store = try await SQLiteStore(at: url)
            let gallery = try await store.createGallery("staff", model: model, dimension: 32)
            try await store.scrub()
            for number in 0..<12 { try await gallery.enroll("person \(number)", try expected(number, of: gallery)) }
            let file = try Data(contentsOf: url), log = try Data(contentsOf: URL(filePath: url.path + "-wal"))
            var generator = SplitMix64(state: 21)
            var seen: Set<Int> = []
            for round in 0..<60 {
                var damaged = log
                if round % 2 == 0 {
                    damaged = log.prefix(Int(generator.next() % UInt64(log.count + 1)))
                } else {
                    damaged[Int(generator.next() % UInt64(log.count))] ^= 1 << UInt8(generator.next() % 8)
                }
                let place = folder.appending(path: "\(round).sqlite")
                try file.write(to: place)
                try damaged.write(to: URL(filePath: place.path + "-wal"))
                let copy = try StoreCopy(place.path, patience: 1).open()
                func people(_ database: Database) throws -> [String] {
                    try String.fetchAll(database, sql: "SELECT name FROM person ORDER BY key")
                }
                let mine = try copy.read(people)
                let recovered = try connection(to: place).read(people)
                #expect(mine == recovered, "round \(round)")
                seen.insert(mine.count)
            }
            #expect(seen.count > 3, "the damages reach several commits")
        }
    }

    @Test("Copies made while another process writes and merges its log are consistent, and never go back in time")
    func copiesWhileWriting() async throws {
        try await withFolder { folder in
            let url = folder.appending(path: "people.sqlite")
            try await fill(url)
            let writer = try Helper(enrolling: 100, count: 400, in: url, "staff")
            let other = try await SQLiteStore(at: url, patience: 30)
            var latest = 0
            for round in 0..<60 {
                if round % 5 == 0 { try? await other.scrub() }
                let copy = try StoreCopy(url.path, patience: 30).open()
                let (people, templates, check) = try await copy.read { database in
                    (
                        try Int.fetchOne(database, sql: "SELECT count(*) FROM person") ?? 0,
                        try Int.fetchOne(database, sql: "SELECT count(*) FROM template") ?? 0,
                        try String.fetchOne(database, sql: "PRAGMA integrity_check")
                    )
                }
                #expect(check == "ok" && people == templates && people >= latest)
                latest = people
            }
            #expect(writer.finish() == 0)
            #expect(
                try await StoreCopy(url.path, patience: 1).open().read { try Person.fetch($0, "", []).count } == 403)
        }
    }

    @Test(
        "Who may only read a store, or not write to its folder, can search it, and learns why nothing can be changed",
        .enabled(if: Helper.asNobody != nil, "needs root and setpriv"))
    func nobody() async throws {
        let nobody = try #require(Helper.asNobody)
        try await withFolder { folder in
            let url = folder.appending(path: "people.sqlite")
            try await fill(url)
            let files = FileManager.default
            for name in try files.contentsOfDirectory(atPath: folder.path) where name != "people.sqlite" {
                try files.removeItem(at: folder.appending(path: name))
            }
            for (fileMode, folderMode, use) in [
                (0o444, 0o555, "readingCopy"), (0o444, 0o777, "readingCopy"), (0o666, 0o777, "reading"),
                (0o666, 0o755, "readingCopy"),
            ] {
                try files.setAttributes([.posixPermissions: fileMode], ofItemAtPath: url.path)
                try files.setAttributes([.posixPermissions: folderMode], ofItemAtPath: folder.path)
                let found = try Helper(["find", url.path, "staff", "1"], through: nobody).outcome()
                #expect(
                    found.status == 0 && found.text == "\(use) person 1 of 3\n", "\(fileMode) \(folderMode): \(found)")
                guard use == "readingCopy" else { continue }
                let enrolled = try Helper(["first", url.path, "staff", "7"], through: nobody).outcome()
                #expect(enrolled.status == 1 && enrolled.text.hasPrefix("store_"), "\(enrolled)")
            }
            try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: url.path)
            let refused = try Helper(["find", url.path, "staff", "1"], through: nobody).outcome()
            #expect(refused.status == 1 && refused.text.hasPrefix("store_unavailable"), "\(refused)")
        }
    }

    @Test(
        "A store on a full or read-only file system can be searched",
        .enabled(if: Helper.withOwnMounts != nil, "needs root and unshare"), arguments: ["full", "read-only"])
    func fileSystems(_ kind: String) async throws {
        let wrapper = try #require(Helper.withOwnMounts)
        try await withFolder { folder in
            let url = folder.appending(path: "people.sqlite"), place = folder.appending(path: "mounted").path
            try await fill(url)
            try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
            let arrange =
                kind == "full"
                ? "{ cat /dev/zero > '\(place)/filler' 2> /dev/null || true; }" : "mount -o remount,ro '\(place)'"
            let script = """
                mount -t tmpfs -o size=512k none '\(place)' && cp '\(url.path)' '\(place)/people.sqlite' && \(arrange) \
                && "$0" "$@"
                """
            let mounting = wrapper + ["/bin/sh", "-c", script]
            let found = try Helper(["find", "\(place)/people.sqlite", "staff", "2"], through: mounting).outcome()
            #expect(found.status == 0 && found.text == "readingCopy person 2 of 3\n", "\(found)")
            let enrolled = try Helper(["first", "\(place)/people.sqlite", "staff", "7"], through: mounting).outcome()
            #expect(enrolled.status == 1, "\(enrolled)")
            #expect(enrolled.text.hasPrefix(kind == "full" ? "disk_full" : "store_read_only"), "\(enrolled)")
        }
    }
}
