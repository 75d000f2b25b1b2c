import Faces
import Foundation
import GRDB
import Identities
import IdentitiesSQLite
import Testing

@Suite("The child probability and the quality of a template")
struct StoredAgeTests {
    @Test("A store and an export preserve it, also if it is unknown")
    func roundTrip() async throws {
        try await withGallery { gallery, store in
            for (index, child) in ([0.75, nil] as [Float?]).enumerated() {
                var context = try portrait()
                (context.childProbability, context.quality) = (child, child.map { $0 / 2 })
                let added = try await gallery.enroll(
                    "Ada", try axis(index), from: EnrollmentSource(label: "\(index)", context: context))
                #expect(added.template.context == context)
            }
            let id = try await gallery.person("Ada").id
            let stored = try await gallery.templates(of: id)
            #expect(stored.map(\.context?.childProbability) == [0.75, nil])
            #expect(stored.map(\.context?.quality) == [0.375, nil])
            let file = store.url.deletingLastPathComponent().appending(path: "staff.jsonl")
            try await gallery.export(to: file)
            let other = try await SQLiteStore(at: file.deletingLastPathComponent().appending(path: "other.sqlite"))
            let back = try await other.importGallery(from: file, expecting: model)
            #expect(try await back.templates(of: id).map(\.context) == stored.map(\.context))
        }
    }

    @Test("It is unknown for a template that was enrolled before it existed")
    func older() async throws {
        try await withGallery { gallery, store in
            let context = try portrait()
            try await gallery.enroll("Ada", try axis(0), from: EnrollmentSource(context: context))
            // The format of that time: only the twelve numbers.
            let json = """
                {"yaw": 3, "pitch": -4, "roll": 1, "intensity": 0.5, "contrast": 0.25, "illuminationDifference": 0.0625,
                 "underexposed": 0.03125, "overexposed": 0.015625, "sharpness": 22, "size": 180, "confidence": 0.875,
                 "maskProbability": 0.25}
                """
            try await connection(to: store.url).write { database in
                try database.execute(sql: "UPDATE template SET context = ?", arguments: [json])
            }
            var expected = context
            expected.maskProbability = 0.25
            let templates = try await gallery.templates(of: try await gallery.person("Ada").id)
            #expect(templates.map(\.context) == [expected])
        }
    }

    @Test("An export with a number outside its range is refused, and the message names the number")
    func impossible() async throws {
        try await withGallery { gallery, store in
            var context = try portrait()
            (context.maskProbability, context.childProbability, context.quality) = (0.25, 0.125, 0.75)
            try await gallery.enroll("Ada", try axis(0), from: EnrollmentSource(context: context))
            let file = store.url.deletingLastPathComponent().appending(path: "staff.jsonl")
            try await gallery.export(to: file)
            let text = try String(contentsOf: file, encoding: .utf8)
            for (name, value) in [
                ("quality", "0.75"), ("childProbability", "0.125"), ("maskProbability", "0.25"),
                ("confidence", "0.875"), ("underexposed", "0.03125"), ("overexposed", "0.015625"),
            ] {
                for wrong in ["2", "-0.5", "1e30"] {
                    try #require(text.contains("\"\(name)\":\(value)"))
                    let damaged = text.replacing("\"\(name)\":\(value)", with: "\"\(name)\":\(wrong)")
                    try Data(damaged.utf8).write(to: file)
                    let problem = "the number \(name) of a template's context is outside its range"
                    await #expect(throws: GalleryError.invalidExport(file.path, line: 2, reason: problem)) {
                        try await store.importGallery(from: file, as: "copy", expecting: model)
                    }
                }
            }
        }
    }

    @Test("A number that is not finite is refused")
    func notFinite() async throws {
        try await withGallery { gallery, _ in
            for path in [\ContextVector.childProbability, \ContextVector.quality] {
                for number in [Float.nan, .infinity, -.infinity] {
                    var context = try portrait()
                    context[keyPath: path] = number
                    let source = EnrollmentSource(context: context)
                    #expect(
                        await code { try await gallery.enroll("Ada", try axis(0), from: source) } == "invalid_vector")
                }
            }
        }
    }
}
