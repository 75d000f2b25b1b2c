public import Foundation

/// What is kept of one kind for one model: `cache list`; what was removed: `cache clear`.
public struct CacheRecord: Codable, Hashable, Sendable {
    /// `embeddings` of pictures that were evaluated, compiled `networks`, or `digests`: notes of which files of
    /// weights were checked.
    public var kind: String
    /// The model's name; `null` if it is not known.
    @Nullable public var model: String?
    /// How many embeddings, networks or notes; `null` if it is not known.
    @Nullable public var entries: Int?
    /// Bytes on the disk.
    public var bytes: Int
    /// When it was used last, ISO 8601, in whole seconds; `null` if it is not known.
    @Nullable public var lastUsed: Date?
    /// The file or the folder.
    public var path: String

    /// A record from its parts.
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
