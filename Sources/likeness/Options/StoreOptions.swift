import ArgumentParser
import Faces
import Foundation
import Identities
import Recognition

/// Where people are kept.
struct StoreOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The store: one SQLite file with any number of galleries.", valueName: "file"))
    var store: String

    @Option(help: "The gallery in the store.")
    var gallery = "people"

    /// The store at `path`, which must exist.
    static func open(_ path: String) async throws -> SQLiteStore {
        let url = URL(filePath: path)
        guard FileManager.default.fileExists(atPath: url.path) else { throw Failure.noStore(path) }
        return try await SQLiteStore(at: url)
    }

    /// The files that the store consists of.
    var files: [String] { ["", "-wal", "-shm", "-journal"].map { store + $0 } }

    /// The store, which must exist.
    func open() async throws -> SQLiteStore { try await Self.open(store) }

    /// The store; made where there is no file.
    func openOrMake() async throws -> SQLiteStore { try await SQLiteStore(at: URL(filePath: store)) }

    /// The gallery, which must exist.
    func openGallery() async throws -> Gallery { try await open().gallery(gallery) }
}

extension Installation {
    /// The card of the model that `gallery` pins.
    ///
    /// - Throws: ``Failure/pinnedModelMissing(gallery:pinned:installed:)`` where another version is installed.
    func card(pinnedBy gallery: Gallery) throws -> ModelCard {
        let card = try card(gallery.model.name)
        guard card.identity == gallery.model else {
            throw Failure.pinnedModelMissing(
                gallery: gallery.info.name, pinned: gallery.model.description, installed: card.identity.description)
        }
        return card
    }
}
