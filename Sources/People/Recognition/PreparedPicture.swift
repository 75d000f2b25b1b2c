import Faces

/// A picture whose faces are found and cut out, and not embedded yet: the picture itself is no longer needed.
struct PreparedPicture: Sendable {
    /// The faces, with how they were seen.
    var found: FoundFaces
    /// The selected faces as the embedder sees them, in their order; none if they were not to be cut out.
    var crops: [AlignedFace]

    /// The whole analysis.
    ///
    /// - Parameters:
    ///   - embeddings: One for each face.
    ///   - seconds: What embedding them took.
    func analysis(embeddings: some Collection<Embedding>, seconds: Double) -> Analysis {
        precondition(embeddings.count == found.faces.count, "one embedding for each face")
        var durations = found.durations
        durations.embed = seconds
        let faces = zip(found.faces, embeddings).map {
            Observation(face: $0.face, context: $0.context, evidence: $0.evidence, embedding: $1)
        }
        return Analysis(
            width: found.width, height: found.height, faceCount: found.faceCount, faces: faces,
            enhancement: found.enhancement, remarks: found.remarks, durations: durations)
    }
}
