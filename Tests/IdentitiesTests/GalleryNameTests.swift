import Faces
import Foundation
import GRDB
import LikenessSupport
import Testing

@testable import Identities
@testable import IdentitiesSQLite

@Suite("Names")
struct GalleryNameTests {
    private static let composed = "Jos\u{E9}", decomposed = "Jose\u{301}"

    @Test("Names that look the same are stored as the same bytes")
    func normalized() throws {
        let names = [Self.composed, Self.decomposed, "  \(Self.decomposed)\u{3000}", "\(Self.composed)\u{A0}"]
        for name in names {
            #expect(Array(try GalleryName.checked(name, of: "it").utf8) == Array(Self.composed.utf8))
        }
        for name in [
            "Ada Lovelace", "O’Brien-Smith", "李小龍", "مریم میرزاخانی", "می\u{200C}خواهم", "👩\u{200D}🔬",
            "Ada \"Countess\" Lovelace",
        ] {
            #expect(try GalleryName.checked(name, of: "it") == name)
        }
    }

    @Test("Blank names and invalid characters are refused")
    func refused() {
        let blank = [
            "", " ", "\t\n", "\u{200B}", "\u{200D}\u{200C}", "\u{FEFF}", "\u{AD}", "\u{3164}", "\u{2800}",
            "\u{3000}\u{A0}",
            "\u{115F}\u{1160}",
        ]
        let odd = [
            "Ada\nLovelace", "Ada\n", "\tAda", "Ada\u{1B}[31m", "Ada\0", "\u{202E}adA", "A\u{2066}b", "Ada\u{2028}",
            "Ada\u{2029}x", "A\u{7F}",
            "A\u{85}b", "A\u{200B}da", "A\u{FFFE}",
        ]
        for name in blank + odd + [String(repeating: "a", count: 257), "a" + String(repeating: "\u{316}", count: 300)] {
            #expect(throws: GalleryError.self, "\(name.unicodeScalars.map { String($0.value, radix: 16) })") {
                _ = try GalleryName.checked(name, of: "it")
            }
        }
        #expect(throws: Never.self) { _ = try GalleryName.checked(String(repeating: "é", count: 256), of: "it") }
    }

    @Test("Any text is either refused or unchanged when it is normalized again")
    func drawn() {
        var generator = SplitMix64(state: 3)
        var kept = 0
        for _ in 0..<3000 {
            let scalars = (0..<Int(generator.next() % 12)).compactMap { _ in
                Unicode.Scalar(UInt32(generator.next() % (generator.next() % 2 == 0 ? 0x300 : 0x11_0000)))
            }
            let text = String(String.UnicodeScalarView(scalars))
            guard let name = try? GalleryName.checked(text, of: "it") else { continue }
            kept += 1
            #expect(Array((try? GalleryName.checked(name, of: "it"))?.utf8 ?? "".utf8) == Array(name.utf8))
            #expect(Array(GalleryName.normalized(text).utf8) == Array(name.utf8))
            #expect(!name.unicodeScalars.contains { $0.properties.generalCategory == .control })
        }
        #expect(kept > 300)
    }

    @Test("A person is the same, however the name is typed")
    func onePerson() async throws {
        try await withGallery { gallery, store in
            let first = try await gallery.enroll(Self.decomposed, try axis(0))
            let second = try await gallery.enroll(" \(Self.composed) ", try axis(1))
            #expect(first.person.id == second.person.id && second.person.templates == 2)
            for name in [Self.composed, Self.decomposed, "\(Self.decomposed) "] {
                #expect(try await gallery.person(name).id == first.person.id)
            }
            try await gallery.rename(first.person.id, to: "Zoe\u{308}")
            #expect(try await gallery.person("Zo\u{EB}").id == first.person.id)
            try await store.renameGallery("staff", to: "Zoe\u{308}")
            #expect(try await store.gallery("Zo\u{EB}").info.id == gallery.info.id)
            for name in ["\u{200B}", "A\nB", "\u{202E}x"] {
                #expect(await code { try await gallery.enroll(name, try axis(2)) } == "invalid_name")
                #expect(await code { try await gallery.enroll("x", try axis(2), id: name) } == "invalid_name")
                #expect(await code { try await gallery.rename(first.person.id, to: name) } == "invalid_name")
                #expect(await code { try await store.renameGallery("Zo\u{EB}", to: name) } == "invalid_name")
                #expect(
                    await code { try await store.createGallery(name, model: model, dimension: 8) } == "invalid_name")
            }
            #expect(try await gallery.people().count == 1)
        }
    }

    @Test("Names in a store of the first version are normalized; two people whose names become equal stay two")
    func migration() async throws {
        try await withFolder { folder in
            let url = folder.appending(path: "people.sqlite")
            let store = try await SQLiteStore(at: url)
            let gallery = try await store.createGallery("staff", model: model, dimension: 8)
            for number in 0..<4 { try await gallery.enroll("person \(number)", try axis(number), id: "id \(number)") }
            for name in ["a", "b"] { try await store.createGallery(name, model: model, dimension: 8) }
            try await connection(to: url).write { database in
                try database.execute(
                    sql: """
                        DELETE FROM grdb_migrations WHERE identifier = '2';
                        UPDATE person SET name = CAST(x'4A6F7365CC81' AS TEXT) WHERE id = 'id 0';
                        UPDATE person SET name = CAST(x'4A6F73C3A9' AS TEXT) WHERE id = 'id 1';
                        UPDATE person SET name = CAST(x'41FF42' AS TEXT) WHERE id = 'id 2';
                        UPDATE person SET name = '  ' WHERE id = 'id 3';
                        UPDATE gallery SET name = CAST(x'65CC81' AS TEXT) WHERE name = 'a';
                        UPDATE gallery SET name = CAST(x'C3A9' AS TEXT) WHERE name = 'b';
                        """)
            }
            let later = try await SQLiteStore(at: url)
            let people = try await later.gallery("staff")
            #expect(
                try await people.people().sorted { $0.id < $1.id }.map(\.name) == ["José", "José", "A\u{FFFD}B", "  "])
            do {
                _ = try await people.person(Self.decomposed)
                Issue.record("two people have the name")
            } catch GalleryError.ambiguousName(_, let ids) {
                #expect(ids == ["id 0", "id 1"])
            }
            #expect(try await people.person("id 1").name == Self.composed)
            #expect(try await people.identify(try axis(0), threshold: 0.9).person?.id == "id 0")
            #expect(Set(try await later.galleries().map(\.name)) == ["staff", "\u{E9}", "\u{E9} (2)"])
        }
    }
}
