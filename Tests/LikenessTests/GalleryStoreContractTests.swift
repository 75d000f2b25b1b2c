import Foundation
import IdentitiesSQLite
import LikenessTesting
import Testing

@Suite("The contract of gallery stores")
struct GalleryStoreContractTests {
    @Test("A store in memory fulfills the contract")
    func memory() async throws { try await GalleryStoreContract.check(MemoryStore()) }

    @Test("A store in a file fulfills the contract")
    func file() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "likeness-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await GalleryStoreContract.check(SQLiteStore(at: folder.appending(path: "people.sqlite")))
    }
}
