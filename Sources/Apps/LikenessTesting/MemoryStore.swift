public import Foundation
public import Identities

/// Galleries in memory, for tests: nothing is written to a disk, and everything is gone with the store.
///
/// It keeps the promises of ``/Identities/GalleryStore``: names, ids, errors and the order of results are those of an
/// `SQLiteStore`. Searches compare with every template.
///
/// ```swift
/// let embedder = FakeEmbedder()
/// let store = MemoryStore()
/// let gallery = try await store.createGallery("staff", model: embedder.card.identity, dimension: embedder.dimension)
/// ```
public actor MemoryStore: GalleryDocumentStore {
    /// All galleries.
    public private(set) var document = GalleryDocument()

    /// Creates an empty store.
    public init() {}

    /// No files.
    public nonisolated var files: [URL] { [] }

    /// Makes a change, or none if `change` throws.
    public func update<Result: Sendable>(
        _ change: @Sendable (inout GalleryDocument) throws -> Result
    ) throws -> Result {
        var next = document
        let result = try change(&next)
        document = next
        return result
    }
}
