public import Faces
public import LikenessRecords
public import Recognition

extension FaceRecord {
    /// Creates the record of a face and of the conditions under which it is seen.
    public init(_ face: Face, context: ContextVector, embedding: [Float]? = nil, model: ModelIdentity? = nil) {
        self.init(
            box: BoxRecord(face.box), confidence: face.confidence, landmarks: LandmarksRecord(face.landmarks),
            context: ContextRecord(context), embedding: embedding, model: model?.description)
    }

    /// Creates the record of a face with its context and its embedding.
    public init(_ observation: Observation) {
        self.init(
            observation.face, context: observation.context, embedding: observation.embedding.values,
            model: observation.embedding.model)
    }
}
