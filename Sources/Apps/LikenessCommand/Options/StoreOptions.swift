import ArgumentParser
import Faces
import Foundation
import Identities
import IdentitiesSQLite
import LikenessSupport
import Pixels
import Recognition

/// The store and the gallery in it.
struct StoreOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The store: an SQLite file that holds one or more galleries.", valueName: "file"))
    var store: String

    @Option(help: "The name of the gallery in the store.")
    var gallery = "people"

    mutating func validate() throws {
        if store.isEmpty { throw ValidationError("--store needs the path of a file") }
    }

    /// Opens the existing store at `path` for reading and writing.
    static func open(_ path: String) async throws -> SQLiteStore {
        let store = try await SQLiteStore(at: try existing(path))
        noteReadableByOthers(path)
        return store
    }

    /// Opens the existing store at `path` for reading only; the file needs no write permission.
    static func openToRead(_ path: String) async throws -> SQLiteStore {
        try await SQLiteStore(reading: try existing(path))
    }

    /// Opens the store at `path`, or creates it if there is no file.
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

    /// Prints a remark if other users can read the store. The owner may want that, so the mode is not changed.
    private static func noteReadableByOthers(_ path: String) {
        let mode = try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        guard let mode, mode & 0o077 != 0 else { return }
        Terminal.note(
            "\(path) can be read by other users (mode \(String(mode, radix: 8))); to prevent this, use 'chmod 600'")
    }

    /// The files of the store.
    var files: [String] { Self.files(of: store) }

    /// Returns the files of the store at `path`: the database and its logs.
    static func files(of path: String) -> [String] { ["", "-wal", "-shm", "-journal"].map { path + $0 } }

    /// Opens the existing store for reading and writing.
    func open() async throws -> SQLiteStore { try await Self.open(store) }

    /// Opens the store, or creates it if there is no file.
    func openOrMake() async throws -> SQLiteStore { try await Self.openOrMake(store) }

    /// Opens the existing store for reading only.
    func openToRead() async throws -> SQLiteStore { try await Self.openToRead(store) }

    /// Opens the existing gallery for reading only.
    func openGallery() async throws -> Gallery { try await Self.openToRead(store).gallery(gallery) }
}
