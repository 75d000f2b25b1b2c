/// Turns aligned faces into embeddings.
public protocol FaceEmbedder: Sendable {
    /// What the model is, how its input is made, and what its similarities mean.
    var card: ModelCard { get }

    /// The numeric precision that runs, as results report it: `f32`, `bf16`, `int8`.
    var precision: String { get }

    /// Returns one embedding per face, in the same order; `[]` for `[]`.
    ///
    /// - Throws: ``FaceError/templateMismatch(expected:found:)`` if a face was aligned for another model.
    func embeddings(of faces: [AlignedFace]) async throws -> [Embedding]
}
