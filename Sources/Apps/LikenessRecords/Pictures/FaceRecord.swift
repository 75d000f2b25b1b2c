/// One face of a picture.
public struct FaceRecord: Codable, Hashable, Sendable {
    /// The box of the face; it may extend outside the picture.
    public var box: BoxRecord
    /// The detector's confidence, 0 to 1. It is comparable only between results of the same detector.
    public var confidence: Float
    /// Five points of the face.
    public var landmarks: LandmarksRecord
    /// The conditions under which the face was seen.
    public var context: ContextRecord
    /// The look that found the face; absent if it was the first one, at the whole picture.
    public var look: LookRecord?
    /// The embedding, a unit vector. Embeddings are comparable only if ``model`` is equal. Only in `embed`.
    public var embedding: [Float]?
    /// The name and the version of weights and preprocessing of the embedding model; absent if the face was not
    /// embedded.
    public var model: String?
    /// The file written by `align`; absent from other commands.
    public var aligned: String?
    /// The identification of the face; only in `identify`.
    public var identification: IdentificationRecord?

    /// Creates a record from its parts.
    public init(
        box: BoxRecord, confidence: Float, landmarks: LandmarksRecord, context: ContextRecord,
        look: LookRecord? = nil, embedding: [Float]? = nil, model: String? = nil, aligned: String? = nil,
        identification: IdentificationRecord? = nil
    ) {
        self.box = box
        self.confidence = confidence
        self.landmarks = landmarks
        self.context = context
        self.look = look
        self.embedding = embedding
        self.model = model
        self.aligned = aligned
        self.identification = identification
    }

    private enum CodingKeys: String, CodingKey {
        case box, confidence, landmarks, context, look, embedding, model, aligned, identity
    }

    /// Reads the record, in which the fields of ``identification`` are on the same level as the others.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        box = try container.decode(BoxRecord.self, forKey: .box)
        confidence = try container.decode(Float.self, forKey: .confidence)
        landmarks = try container.decode(LandmarksRecord.self, forKey: .landmarks)
        context = try container.decode(ContextRecord.self, forKey: .context)
        look = try container.decodeIfPresent(LookRecord.self, forKey: .look)
        embedding = try container.decodeIfPresent([Float].self, forKey: .embedding)
        model = try container.decodeIfPresent(String.self, forKey: .model)
        aligned = try container.decodeIfPresent(String.self, forKey: .aligned)
        identification = try container.contains(.identity) ? IdentificationRecord(from: decoder) : nil
    }

    /// Writes the record, with the fields of ``identification`` on the same level as the others.
    public func encode(to encoder: any Encoder) throws {
        try identification?.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(box, forKey: .box)
        try container.encode(confidence, forKey: .confidence)
        try container.encode(landmarks, forKey: .landmarks)
        try container.encode(context, forKey: .context)
        try container.encodeIfPresent(look, forKey: .look)
        try container.encodeIfPresent(embedding, forKey: .embedding)
        try container.encodeIfPresent(model, forKey: .model)
        try container.encodeIfPresent(aligned, forKey: .aligned)
    }
}
