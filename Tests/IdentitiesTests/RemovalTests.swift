import Faces
import Foundation
import GRDB
import Identities
import IdentitiesSQLite
import LikenessSupport
import Testing

@Suite("Complete removal")
struct RemovalTests {
    @Test("No byte of a removed person stays in any file", arguments: [128, 512])
    func scrubbed(_ dimension: Int) async throws {
        try await withGallery(dimension: dimension) { gallery, store in
            var generator = SplitMix64(state: UInt64(dimension))
            var faces: [(name: String, vectors: [Embedding])] = []
            for person in 0..<60 {
                let name = "a person whose name is not in the program, number \(person)"
                var vectors: [Embedding] = []
                for _ in 0..<3 {
                    let face = try embedding(generator.direction(dimension))
                    vectors.append(face)
                    try await gallery.enroll(
                        name, face, id: "id-\(person)", metadata: ["secret": "metadata \(person) of a person"],
                        from: EnrollmentSource(label: "photograph-\(person).jpg", context: try portrait()))
                }
                faces.append((name, vectors))
            }
            _ = try await gallery.identify(faces[0].vectors[0], threshold: 0.5)
            // Every second one, from both ends, so that pages are emptied, merged and moved.
            let leaving = stride(from: 0, to: 60, by: 2).map { $0 % 4 == 0 ? $0 : 60 - $0 }
            for person in leaving {
                try await gallery.remove("id-\(person)")
                #expect(try !traces(of: person, faces[person].vectors, in: store))
            }
            for person in leaving {
                #expect(try !traces(of: person, faces[person].vectors, in: store))
            }
            let staying = Set(0..<60).subtracting(leaving)
            #expect(try await gallery.people().count == staying.count)
            for person in staying {
                let decision = try await gallery.identify(faces[person].vectors[1], threshold: 0.99)
                #expect(decision.person?.id == "id-\(person)")
                #expect(try Self.holds(bytes(of: faces[person].vectors[2]).prefix(64), store))
            }
        }
    }

    /// Returns whether a file holds a part of a person: a vector's first, middle or last bytes, or the metadata.
    private func traces(of person: Int, _ vectors: [Embedding], in store: SQLiteStore) throws -> Bool {
        var needles = [Data("metadata \(person) of a person".utf8), Data("photograph-\(person).jpg".utf8)]
        for vector in vectors.map(bytes(of:)) {
            needles += [vector.prefix(32), vector.dropFirst(vector.count / 2).prefix(32), vector.suffix(32)]
        }
        return try needles.contains { try Self.holds($0, store) }
    }

    private static func holds(_ needle: Data, _ store: SQLiteStore) throws -> Bool {
        try contains(Data(needle), in: store.url)
    }

    @Test("A removed template and a removed gallery leave no bytes either")
    func templatesAndGalleries() async throws {
        try await withGallery(dimension: 128) { gallery, store in
            var generator = SplitMix64(state: 4)
            let faces = try (0..<20).map { _ in try embedding(generator.direction(128)) }
            var enrollments: [Enrollment] = []
            for face in faces { enrollments.append(try await gallery.enroll("Ada", face)) }
            try await gallery.removeTemplate(enrollments[7].template.id)
            #expect(try !Self.holds(bytes(of: faces[7]).prefix(32), store))
            #expect(try Self.holds(bytes(of: faces[8]).prefix(32), store))
            try await store.removeGallery("staff")
            for face in faces { #expect(try !Self.holds(bytes(of: face).prefix(32), store)) }
        }
    }

    @Test("A reader that keeps the log is reported; scrubbing afterwards finishes the removal")
    func heldLog() async throws {
        try await withGallery(dimension: 128) { _, store in
            let impatient = try await SQLiteStore(at: store.url, patience: 0.05)
            let gallery = try await impatient.gallery("staff")
            var generator = SplitMix64(state: 9)
            let face = try embedding(generator.direction(128))
            let ada = try await gallery.enroll("Ada", face)
            let reader = try connection(to: store.url)
            try await reader.writeWithoutTransaction { database in
                try database.execute(sql: "BEGIN")
                _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM template")
            }
            #expect(await code { try await gallery.remove(ada.person.id) } == "not_scrubbed")
            #expect(try await gallery.people().isEmpty)
            #expect(try Self.holds(bytes(of: face).prefix(32), store))
            try await reader.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
            try await impatient.scrub()
            #expect(try !Self.holds(bytes(of: face).prefix(32), store))
        }
    }
}
