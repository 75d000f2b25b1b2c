import Faces

/// A picture whose faces are found and cropped but not embedded yet. The picture itself is no longer needed.
struct PreparedPicture: Sendable {
    /// The faces, with the conditions under which they were seen.
    var found: FoundFaces
    /// The selected faces as the embedder's input, in their order; empty if no crops were requested.
    var crops: [AlignedFace]

    /// Returns the complete analysis.
    ///
    /// - Parameters:
    ///   - embeddings: One embedding for each face.
    ///   - seconds: The time taken by embedding them.
    func analysis(embeddings: some Collection<Embedding>, seconds: Double) -> Analysis {
        precondition(embeddings.count == found.faces.count, "one embedding for each face")
        var durations = found.durations
        durations.embed = seconds
        let faces = zip(found.faces, embeddings).map {
            Observation(face: $0.face, context: $0.context, evidence: $0.evidence, look: $0.look, embedding: $1)
        }
        return Analysis(
            width: found.width, height: found.height, faceCount: found.faceCount, faces: faces,
            enhancement: found.enhancement, remarks: found.remarks, durations: durations)
    }
}
