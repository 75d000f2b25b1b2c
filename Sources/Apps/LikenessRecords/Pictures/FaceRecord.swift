/// One face of a picture.
public struct FaceRecord: Codable, Hashable, Sendable {
    /// Where the face is; it may reach outside the picture.
    public var box: BoxRecord
    /// How sure the detector is, 0 to 1; comparable only within one detector.
    public var confidence: Float
    /// Five points of the face.
    public var landmarks: LandmarksRecord
    /// How the face was seen.
    public var context: ContextRecord
    /// A unit vector; embeddings compare only if ``model`` is equal. Only `embed` gives it.
    public var embedding: [Float]?
    /// Name, weights and preprocessing of the model that embedded the face; absent if none did.
    public var model: String?
    /// The file that `align` has written; absent from other commands.
    public var aligned: String?
    /// Who the face was taken for; only `identify` gives it.
    public var identification: IdentificationRecord?

    /// A record from its parts.
    public init(
        box: BoxRecord, confidence: Float, landmarks: LandmarksRecord, context: ContextRecord,
        embedding: [Float]? = nil, model: String? = nil, aligned: String? = nil,
        identification: IdentificationRecord? = nil
    ) {
        self.box = box
        self.confidence = confidence
        self.landmarks = landmarks
        self.context = context
        self.embedding = embedding
        self.model = model
        self.aligned = aligned
        self.identification = identification
    }

    private enum CodingKeys: String, CodingKey {
        case box, confidence, landmarks, context, embedding, model, aligned, identity
    }

    /// Reads the record; the fields of ``identification`` stand beside the others.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        box = try container.decode(BoxRecord.self, forKey: .box)
        confidence = try container.decode(Float.self, forKey: .confidence)
        landmarks = try container.decode(LandmarksRecord.self, forKey: .landmarks)
        context = try container.decode(ContextRecord.self, forKey: .context)
        embedding = try container.decodeIfPresent([Float].self, forKey: .embedding)
        model = try container.decodeIfPresent(String.self, forKey: .model)
        aligned = try container.decodeIfPresent(String.self, forKey: .aligned)
        identification = try container.contains(.identity) ? IdentificationRecord(from: decoder) : nil
    }

    /// Writes the record; the fields of ``identification`` stand beside the others.
    public func encode(to encoder: any Encoder) throws {
        try identification?.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(box, forKey: .box)
        try container.encode(confidence, forKey: .confidence)
        try container.encode(landmarks, forKey: .landmarks)
        try container.encode(context, forKey: .context)
        try container.encodeIfPresent(embedding, forKey: .embedding)
        try container.encodeIfPresent(model, forKey: .model)
        try container.encodeIfPresent(aligned, forKey: .aligned)
    }
}
