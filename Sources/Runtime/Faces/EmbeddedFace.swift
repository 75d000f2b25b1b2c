/// A face as decisions need it: an embedding and its context.
public struct EmbeddedFace: Hashable, Codable, Sendable {
    /// The face's embedding.
    public let embedding: Embedding
    /// The conditions under which the face was seen.
    public let context: ContextVector

    /// Creates a face from its parts.
    public init(embedding: Embedding, context: ContextVector) {
        self.embedding = embedding
        self.context = context
    }
}
