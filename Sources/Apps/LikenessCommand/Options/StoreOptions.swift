import ArgumentParser
import Faces
import Foundation
import Identities
import IdentitiesSQLite
import LikenessSupport
import Pixels
import Recognition

/// Where people are kept.
struct StoreOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The store: one SQLite file with any number of galleries.", valueName: "file"))
    var store: String

    @Option(help: "The gallery in the store.")
    var gallery = "people"

    /// The store at `path`, which must exist, to change it.
    static func open(_ path: String) async throws -> SQLiteStore {
        let store = try await SQLiteStore(at: try existing(path))
        noteReadableByOthers(path)
        return store
    }

    /// The store at `path`, which must exist, to read it; nothing more is asked of it than that it can be read.
    static func openToRead(_ path: String) async throws -> SQLiteStore {
        try await SQLiteStore(reading: try existing(path))
    }

    /// The store at `path`; made where there is no file.
    static func openOrMake(_ path: String) async throws -> SQLiteStore {
        try OutputFile.checkPlace(path)
        let store = try await SQLiteStore(at: URL(filePath: path))
        noteReadableByOthers(path)
        return store
    }

    private static func existing(_ path: String) throws -> URL {
        let url = URL(filePath: path)
        guard FileManager.default.fileExists(atPath: url.path) else { throw Failure.noStore(path) }
        if FolderListing.isFolder(SystemPath(path)) { throw Failure.cannotRead(path, reason: "it is a folder") }
        return url
    }

    /// Says so where somebody else may read the store. Its owner may have wanted that, so that it is left as it is.
    private static func noteReadableByOthers(_ path: String) {
        let mode = try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        guard let mode, mode & 0o077 != 0 else { return }
        Terminal.note("\(path) can be read by other users (mode \(String(mode, radix: 8))); 'chmod 600' changes that")
    }

    /// The files that the store consists of.
    var files: [String] { Self.files(of: store) }

    /// The files that the store at `path` consists of.
    static func files(of path: String) -> [String] { ["", "-wal", "-shm", "-journal"].map { path + $0 } }

    /// The store, which must exist, to change it.
    func open() async throws -> SQLiteStore { try await Self.open(store) }

    /// The store; made where there is no file.
    func openOrMake() async throws -> SQLiteStore { try await Self.openOrMake(store) }

    /// The store, which must exist, to read it.
    func openToRead() async throws -> SQLiteStore { try await Self.openToRead(store) }

    /// The gallery, which must exist, to read it.
    func openGallery() async throws -> Gallery { try await Self.openToRead(store).gallery(gallery) }
}
