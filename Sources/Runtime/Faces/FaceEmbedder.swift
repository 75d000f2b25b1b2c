/// Embeds aligned faces.
public protocol FaceEmbedder: Sendable {
    /// The model's card: its weights, input, license and calibration.
    var card: ModelCard { get }

    /// The numeric precision, as reported in results: `f32`, `bf16`, `int8`.
    var precision: String { get }

    /// Returns one embedding per face, in the same order; `[]` for `[]`.
    ///
    /// - Throws: ``FaceError/templateMismatch(expected:found:)`` if a face was aligned for another model.
    func embeddings(of faces: [AlignedFace]) async throws -> [Embedding]
}
