import Faces
import Foundation
import LikenessSupport
import Testing

@testable import Identities
@testable import IdentitiesSQLite

@Suite("Export and import")
struct ExportTests {
    /// Calls `body` with a gallery of three people, one without templates.
    private func withFilled(_ body: (Gallery, SQLiteStore, URL) async throws -> Void) async throws {
        try await withGallery { gallery, store in
            try await gallery.enroll(
                "Ada \"Countess\" Lovelace", try embedding([0.3, -0.2, 0.9, 0.1, 0.05, -0.4, 0.7, 0.2]), id: "a",
                metadata: ["note": "line\nbreak"],
                from: EnrollmentSource(label: "ada.jpg", digest: "ab", context: try portrait()))
            try await gallery.enroll("Ada \"Countess\" Lovelace", try axis(1), id: "a")
            try await gallery.enroll("Grace Hopper", try axis(2), id: "g")
            let empty = try await gallery.enroll("Emmy Noether", try axis(3), id: "e")
            try await gallery.removeTemplate(empty.template.id)
            let file = store.url.deletingLastPathComponent().appending(path: "staff.jsonl")
            try await gallery.export(to: file)
            try await body(gallery, store, file)
        }
    }

    @Test("An import restores the exported gallery bit by bit, and the file is private")
    func roundTrip() async throws {
        try await withFilled { gallery, store, file in
            #expect(try mode(of: file) == 0o600)
            #expect(try String(contentsOf: file, encoding: .utf8).split(separator: "\n").count == 4)
            let other = try await SQLiteStore(at: file.deletingLastPathComponent().appending(path: "other.sqlite"))
            let back = try await other.importGallery(from: file, expecting: model)
            #expect(back.info.name == "staff")
            #expect(back.model == model)
            #expect(try await back.people() == gallery.people())
            for person in try await gallery.people() {
                let before = try await gallery.templates(of: person.id), after = try await back.templates(of: person.id)
                #expect(before.map(\.label) == after.map(\.label))
                #expect(before.map(\.digest) == after.map(\.digest))
                #expect(before.map(\.context) == after.map(\.context))
                #expect(before.map(\.created) == after.map(\.created))
                for (one, another) in zip(before, after) {
                    #expect(try await gallery.embedding(of: one.id) == back.embedding(of: another.id))
                }
            }
            #expect(try await back.identify(try axis(2), threshold: 0.99).person?.id == "g")
            // A second export gives the same file.
            let again = file.deletingLastPathComponent().appending(path: "again.jsonl")
            try await back.export(to: again)
            #expect(try Data(contentsOf: again) == Data(contentsOf: file))
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: file.deletingLastPathComponent().path)
                    .allSatisfy { !$0.hasPrefix(".") })
        }
    }

    @Test("A name that is taken, another model, and a missing file are refused")
    func refusals() async throws {
        try await withFilled { _, store, file in
            #expect(await code { try await store.importGallery(from: file) } == "gallery_exists")
            #expect(
                await code { try await store.importGallery(from: file, as: "x", expecting: otherModel) }
                    == "model_mismatch")
            let missing = file.appendingPathExtension("gone")
            #expect(await code { try await store.importGallery(from: missing) } == "file_not_found")
            try await store.importGallery(from: file, as: "copy")
            #expect(try await store.galleries().map(\.name) == ["copy", "staff"])
        }
    }

    @Test("A damaged file is refused with the line number, and nothing is imported")
    func damagedFiles() async throws {
        try await withFilled { _, store, file in
            let whole = try String(contentsOf: file, encoding: .utf8)
            let lines = whole.split(separator: "\n").map(String.init)
            func joined(_ lines: [String]) -> String { lines.joined(separator: "\n") + "\n" }
            func vector(_ values: [Float]) -> String {
                values.withUnsafeBytes { Data($0) }.base64EncodedString()
            }
            let grace = try #require(lines.first { $0.contains("Grace") })
            let line = try #require(lines.firstIndex(of: grace)) + 1
            let axis2 = vector([0, 0, 1, 0, 0, 0, 0, 0])
            #expect(grace.contains(axis2))
            let damages: [(String, Int)] = [
                ("", 1), ("hello\n", 1), (lines[0].replacing("likeness-gallery", with: "other") + "\n", 1),
                (whole.replacing("\"version\":1", with: "\"version\":2"), 1),
                (whole.replacing("\"dimension\":8", with: "\"dimension\":0"), 1),
                (whole.replacing("\"dimension\":8", with: "\"dimension\":9"), 2),
                (joined(lines.dropLast()), 0), (String(whole.dropLast(20)), 4),
                (joined(lines + [grace]), 5), (joined(lines + ["{}"]), 5),
                (whole.replacing("\"id\":\"g\"", with: "\"id\":\"\""), line),
                (whole.replacing("\"dimension\":8", with: "\"dimension\":2305843009213693952"), 1),
                (whole.replacing("\"dimension\":8", with: "\"dimension\":-8"), 1),
                (whole.replacing("\"dimension\":8", with: "\"dimension\":1e300"), 1),
                (whole.replacing("\"version\":1", with: "\"version\":-9223372036854775808"), 1),
                (whole.replacing("\"people\":3", with: "\"people\":-3"), 1),
                (whole.replacing("\"people\":3", with: "\"people\":9223372036854775807"), 0),
                (whole.replacing("\"templates\":3", with: "\"templates\":9223372036854775807"), 0),
                (whole.replacing("\"name\":\"sface\"", with: "\"name\":\" \""), 1),
                (whole.replacing("Grace Hopper", with: " "), line),
                (whole.replacing("Grace Hopper", with: "\\u200b"), line),
                (whole.replacing("Grace Hopper", with: "Grace\\nHopper"), line),
                (whole.replacing("Grace Hopper", with: "\\u001b[31mGrace"), line),
                (whole.replacing("Grace Hopper", with: "\\u202eGrace"), line),
                (whole.replacing("Grace Hopper", with: String(repeating: "G", count: 300)), line),
                (whole.replacing("\"id\":\"g\"", with: "\"id\":\"a\\u0000\""), line),
                (whole.replacing("\"id\":\"g\"", with: "\"id\":\"a \""), line),
                (String(repeating: "[", count: 100_000) + "\n", 1),
                (lines[0] + "\n" + String(repeating: "{\"a\":", count: 100_000) + "\n", 2),
                (lines[0] + "\n" + String(repeating: "x", count: LineReader.longestLine + 1), 2),
                (String(repeating: "y", count: LineReader.longestLine + 1), 1),
                (joined([lines[0], ""] + lines.dropFirst()), 2),
                (whole.replacing(axis2, with: vector([0, 0, 2, 0, 0, 0, 0, 0])), line),
                (whole.replacing(axis2, with: vector([0, 0, .nan, 0, 0, 0, 0, 0])), line),
                (whole.replacing(axis2, with: vector([0, 0, 0, 0, 0, 0, 0, 0])), line),
                (whole.replacing(axis2, with: vector([0, 0, 1])), line), (whole.replacing(axis2, with: "%%%"), line),
            ]
            let times = lines[1].ranges(of: /"created":\d+/).map { String(lines[1][$0]) }
            let wrongTimes = times.map { (whole.replacing($0, with: "\"created\":9223372036854775807"), 2) }
            #expect(wrongTimes.count == 3)
            for (text, expected) in damages + wrongTimes {
                let damaged = file.deletingLastPathComponent().appending(path: "damaged.jsonl")
                try Data(text.utf8).write(to: damaged)
                do {
                    try await store.importGallery(from: damaged, as: "damaged")
                    Issue.record("imported: \(text.prefix(300))")
                } catch GalleryError.invalidExport(_, let line, let reason) {
                    #expect(line == expected, "\(reason)")
                }
                #expect(try await store.galleries().map(\.name) == ["staff"])
            }
        }
    }

    @Test("The names in an export are normalized on import")
    func names() async throws {
        try await withFilled { _, store, file in
            let text = try String(contentsOf: file, encoding: .utf8).replacing("Grace Hopper", with: " Jose\u{301}")
            try Data(text.utf8).write(to: file)
            let gallery = try await store.importGallery(from: file, as: " Zoe\u{308}")
            #expect(Array(gallery.info.name.utf8) == Array("Zo\u{EB}".utf8))
            #expect(try await gallery.person("Jos\u{E9}").id == "g")
            #expect(await code { try await store.importGallery(from: file, as: "\u{200B}") } == "invalid_name")
        }
    }

    @Test("Random changes of bytes give an error with a line, or a gallery that can be searched")
    func randomBytes() async throws {
        try await withFilled { _, store, file in
            let whole = try Data(contentsOf: file)
            var generator = SplitMix64(state: 77)
            var imported = 0
            for round in 0..<300 {
                var damaged = whole
                for _ in 0..<(1 << (round % 6)) {
                    damaged[Int(generator.next() % UInt64(damaged.count))] = UInt8(truncatingIfNeeded: generator.next())
                }
                try damaged.write(to: file)
                do {
                    let gallery = try await store.importGallery(from: file, as: "gallery \(round)")
                    _ = try await gallery.identify(try axis(2, gallery.info.dimension), threshold: 0.5)
                    imported += 1
                } catch {
                    #expect(error is GalleryError, "\(error)")
                }
            }
            #expect(try await store.galleries().count == 1 + imported, "nothing of a refused file is there")
        }
    }

    @Test("Files that are not regular are neither read nor overwritten, and the store's own files are not touched")
    func targets() async throws {
        try await withFilled { gallery, store, file in
            let folder = file.deletingLastPathComponent(), pipe = folder.appending(path: "pipe").path
            try #require(mkfifo(pipe, 0o600) == 0)
            for path in [pipe, folder.path, "/dev/zero"] {
                #expect(await code { try await store.importGallery(from: URL(filePath: path)) } == "invalid_export")
                #expect(await code { try await gallery.export(to: URL(filePath: path)) } == "store_unavailable")
            }
            let link = folder.appending(path: "link.jsonl"), hard = folder.appending(path: "hard.jsonl")
            try FileManager.default.createSymbolicLink(at: link, withDestinationURL: store.url)
            try FileManager.default.linkItem(at: store.url, to: hard)
            for target in store.files.dropLast() + [link, hard] {
                #expect(await code { try await gallery.export(to: target) } == "store_unavailable", "\(target.path)")
            }
            #expect(try await gallery.size() == GallerySize(people: 3, templates: 3))
            #expect(await code { try await store.importGallery(from: store.url) } == "invalid_export")

            // An export to a link replaces the link's target.
            let other = folder.appending(path: "other.jsonl")
            try FileManager.default.createSymbolicLink(at: other, withDestinationURL: file)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
            try await gallery.export(to: other)
            #expect(try mode(of: file) == 0o600)
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: other.path) == file.path)
        }
    }
}
