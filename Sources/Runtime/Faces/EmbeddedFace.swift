/// A face as decisions see it: who it looks like, and how it was seen.
public struct EmbeddedFace: Hashable, Codable, Sendable {
    /// Who it looks like.
    public let embedding: Embedding
    /// How it was seen.
    public let context: ContextVector

    /// Creates a face from its parts.
    public init(embedding: Embedding, context: ContextVector) {
        self.embedding = embedding
        self.context = context
    }
}
