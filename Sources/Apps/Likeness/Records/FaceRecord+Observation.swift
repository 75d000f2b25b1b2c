public import Faces
public import LikenessRecords
public import Recognition

extension FaceRecord {
    /// Creates the record of a face and of the conditions under which it is seen.
    public init(
        _ face: Face, context: ContextVector, look: FaceLook? = nil, embedding: [Float]? = nil,
        model: ModelIdentity? = nil
    ) {
        self.init(
            box: BoxRecord(face.box), confidence: face.confidence, landmarks: LandmarksRecord(face.landmarks),
            context: ContextRecord(context), look: look.flatMap { LookRecord($0) }, embedding: embedding,
            model: model?.description)
    }

    /// Creates the record of a face with its context and its embedding.
    public init(_ observation: Observation) {
        self.init(
            observation.face, context: observation.context, look: observation.look,
            embedding: observation.embedding.values, model: observation.embedding.model)
    }
}

extension LookRecord {
    /// Returns the record of the look that found a face; `nil` for the first look at the whole picture, or if there is no
    /// face.
    public static func finding(_ observation: Observation?) -> LookRecord? {
        observation.flatMap { LookRecord($0.look) }
    }

    /// Creates the record of a look; `nil` for the first look at the whole picture.
    init?(_ look: FaceLook) {
        guard look.kind != .plain else { return nil }
        self.init(kind: look.kind.rawValue, detector: look.detector, turned: look.turned)
    }
}
