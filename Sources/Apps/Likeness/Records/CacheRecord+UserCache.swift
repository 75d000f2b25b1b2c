public import LikenessRecords
public import Recognition

extension CacheRecord {
    /// Creates the record of the cached files of one kind for one model.
    public init(_ part: UserCache.Part) {
        self.init(
            kind: part.kind.rawValue, model: part.model, entries: part.entries, bytes: part.bytes,
            lastUsed: part.lastUsed, path: part.path)
    }
}
