import Faces
import Pixels

/// A picture whose faces are found and cut out, and not embedded yet: the picture itself is no longer needed.
struct PreparedPicture: Sendable {
    /// A selected face.
    struct PreparedFace: Sendable {
        var face: Face
        var context: ContextVector
        /// What a second look says; `nil` where none was asked for.
        var evidence: FaceEvidence?
        /// The face as the embedder sees it; `nil` where only detection was asked for.
        var crop: AlignedFace?
    }

    var width: Int
    var height: Int
    /// How many faces the detector found.
    var faceCount: Int
    /// The selected ones.
    var faces: [PreparedFace]
    var enhancement: AppliedEnhancement
    var remarks: [ImageRemark] = []
    var durations: StageDurations

    /// What the embedder is to embed.
    var crops: [AlignedFace] { faces.compactMap(\.crop) }

    /// The whole analysis.
    ///
    /// - Parameters:
    ///   - embeddings: One for each face; none where only detection was asked for.
    ///   - seconds: What embedding them took.
    func analysis(embeddings: some Collection<Embedding>, seconds: Double) -> Analysis {
        precondition(embeddings.count == crops.count, "one embedding for each face that was cut out")
        var rest = embeddings.makeIterator()
        var durations = durations
        durations.embed = seconds
        let faces = faces.map {
            Observation(
                face: $0.face, context: $0.context, evidence: $0.evidence,
                embedding: $0.crop == nil ? nil : rest.next())
        }
        return Analysis(
            width: width, height: height, faceCount: faceCount, faces: faces, enhancement: enhancement,
            remarks: remarks, durations: durations)
    }
}
