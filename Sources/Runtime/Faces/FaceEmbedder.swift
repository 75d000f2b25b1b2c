/// Embeds aligned faces.
///
/// ```swift
/// let embeddings = try await embedder.embeddings(of: [first, second])   // in the order of the faces
/// let rule = try MatchRule(embedder.card, falseMatchRate: 1e-3)
/// let decision = rule.decide(similarity: try embeddings[0].similarity(to: embeddings[1]), conditions: nil)
/// ```
public protocol FaceEmbedder: Sendable {
    /// The model's card: its weights, input, license and calibration.
    var card: ModelCard { get }

    /// The alignment of the faces that it embeds: the card's template.
    var template: AlignmentTemplate { get }

    /// The length of its embeddings: the card's dimension.
    var dimension: Int { get }

    /// The numeric precision, as reported in results: `f32`, `bf16`, `int8`.
    var precision: String { get }

    /// Whether an embedding is the average of those of the face and of its mirror image, as reported in results.
    var averagesMirrored: Bool { get }

    /// Returns one embedding per face, in the same order; `[]` for `[]`.
    ///
    /// - Throws: ``FaceError/templateMismatch(expected:found:)`` if a face was aligned for another model.
    func embeddings(of faces: [AlignedFace]) async throws -> [Embedding]
}

extension FaceEmbedder {
    /// The default, false: only the face itself is embedded.
    public var averagesMirrored: Bool { false }
}
