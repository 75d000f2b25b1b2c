import Foundation
import IdentitiesSQLite
import Testing

@testable import Identities

@Suite("Numbers from outside")
struct OddNumbersTests {
    private static let waits: [Double] = [
        .nan, .infinity, -.infinity, -1, -0.0, 0, .leastNonzeroMagnitude, 0.5, 86_400, 1e9, 1e10, 1e19, 1e30, 1e300,
        .greatestFiniteMagnitude,
    ]

    @Test("Every wait for other processes opens a store, to change it and to read it", arguments: waits)
    func patience(wait: Double) async throws {
        try await withFolder { folder in
            let url = folder.appending(path: "people.sqlite")
            try await SQLiteStore(at: url, patience: wait).createGallery("staff", model: model, dimension: 8)
            #expect(try await SQLiteStore(reading: url, patience: wait).galleries().map(\.name) == ["staff"])
        }
    }

    @Test(
        "A gallery of an impossible dimension is refused, and nothing is created",
        arguments: [Int.min, -1_000_000, -1, 0, 4097, 1_000_000, Int.max])
    func dimension(_ dimension: Int) async throws {
        try await withFolder { folder in
            let store = try await SQLiteStore(at: folder.appending(path: "people.sqlite"))
            await #expect(throws: GalleryError.invalidDimension(dimension)) {
                try await store.createGallery("staff", model: model, dimension: dimension)
            }
            await #expect(throws: GalleryError.invalidDimension(dimension)) {
                try await store.openOrCreateGallery("staff", model: model, dimension: dimension)
            }
            #expect(try await store.galleries().isEmpty)
        }
    }

    @Test("Any number of candidates may be asked for", arguments: [Int.min, -1, 0, 1, 2, 3, 1000, 1_000_000, Int.max])
    func candidates(count: Int) async throws {
        try await withGallery { gallery, _ in
            for number in 0..<3 { try await gallery.enroll("Person \(number)", try axis(number)) }
            let found = try await gallery.candidates(for: try axis(0), count: count)
            #expect(found.count == min(max(count, 0), 3))
            #expect(found.first.map(\.person.name) == (count > 0 ? "Person 0" : nil))
        }
    }
}

@Suite("A store whose file is removed or replaced while it is open")
struct LostStoreTests {
    @Test("Changes are refused, and the file that took its place is not changed", arguments: [false, true])
    func lost(isReplaced: Bool) async throws {
        try await withFolder { folder in
            let url = folder.appending(path: "people.sqlite")
            let store = try await SQLiteStore(at: url)
            let gallery = try await store.createGallery("staff", model: model, dimension: 8)
            try await gallery.enroll("Ada", try axis(0))
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
                try FileManager.default.removeItem(at: folder.appending(path: name))
            }
            if isReplaced { _ = try await SQLiteStore(at: url).createGallery("guests", model: model, dimension: 8) }
            #expect(await code { try await gallery.enroll("Grace", try axis(1)) } == "store_unavailable")
            #expect(await code { try await store.removeGallery("staff") } == "store_unavailable")
            if isReplaced { #expect(try await SQLiteStore(at: url).galleries().map(\.name) == ["guests"]) }
        }
    }
}
