public import Foundation

/// The cached files of one kind for one model: `cache list`; or those removed: `cache clear`.
public struct CacheRecord: Codable, Hashable, Sendable {
    /// The kind: `embeddings` of evaluated pictures, compiled `networks`, or `digests`, which are notes of verified
    /// weight files.
    public var kind: String
    /// The model's name; `null` if unknown.
    @Nullable public var model: String?
    /// The number of embeddings, networks or notes; `null` if unknown.
    @Nullable public var entries: Int?
    /// The size on disk, in bytes.
    public var bytes: Int
    /// The time of the last use, ISO 8601, in whole seconds; `null` if unknown.
    @Nullable public var lastUsed: Date?
    /// The path of the file or folder.
    public var path: String

    /// Creates a record from its parts.
    public init(
        kind: String, model: String? = nil, entries: Int? = nil, bytes: Int, lastUsed: Date? = nil, path: String
    ) {
        self.kind = kind
        self.model = model
        self.entries = entries
        self.bytes = bytes
        self.lastUsed = lastUsed
        self.path = path
    }
}
