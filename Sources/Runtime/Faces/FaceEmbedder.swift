/// Turns aligned faces into embeddings.
public protocol FaceEmbedder: Sendable {
    /// What the model is, how its input is made, and what its similarities mean.
    var card: ModelCard { get }

    /// What faces must be aligned to before it embeds them: the card's template.
    var template: AlignmentTemplate { get }

    /// How many numbers an embedding has: the card's dimension.
    var dimension: Int { get }

    /// The numeric precision that runs, as results report it: `f32`, `bf16`, `int8`.
    var precision: String { get }

    /// Whether an embedding is the average of those of the face and of its mirror image, as results report it.
    var averagesMirrored: Bool { get }

    /// One embedding per face, in the same order; `[]` for `[]`.
    ///
    /// - Throws: ``FaceError/templateMismatch(expected:found:)`` where a face was aligned for another model.
    func embeddings(of faces: [AlignedFace]) async throws -> [Embedding]
}

extension FaceEmbedder {
    /// Only the face itself is embedded.
    public var averagesMirrored: Bool { false }
}
