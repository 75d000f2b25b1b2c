public import Faces

/// Whether two faces are one person's.
public struct Verification: Hashable, Codable, Sendable {
    /// Cosine similarity, −1...1.
    public let similarity: Float
    /// The similarity from which the answer is yes.
    public let threshold: Float

    /// Whether ``similarity`` reaches ``threshold``.
    public var isMatch: Bool { similarity >= threshold }
}

extension Embedding {
    /// Compares this face with another one.
    ///
    /// - Parameters:
    ///   - other: An embedding of the same model.
    ///   - threshold: The similarity from which they match, such as the model card's for a false match rate.
    /// - Throws: ``/Faces/FaceError`` where two models made the embeddings.
    public func verify(against other: Embedding, at threshold: Float) throws -> Verification {
        Verification(similarity: try similarity(to: other), threshold: threshold)
    }
}
