/// Whether two pictures show one person: `verify`.
///
/// ```swift
/// // The output of `likeness verify a.jpg b.jpg --format json`.
/// let record = try JSONDecoder.likeness.decode(VerificationRecord.self, from: output)
/// print(record.decision.match, record.decision.similarity, record.decision.threshold, record.model)
/// ```
public struct VerificationRecord: Codable, Hashable, Sendable {
    /// One of the two pictures.
    public struct Side: Codable, Hashable, Sendable {
        /// The picture's name, as it was given.
        public var image: String
        /// How many faces were found; if one is large, tiny ones are not searched for.
        public var faceCount: Int
        /// What had been done to the picture in which the face was found: `none`, `clahe` or `gamma`.
        public var enhancement: String
        /// The face that was compared.
        public var face: FaceRecord
        /// What was missing in the file but did not keep it from being read; absent if nothing was.
        public var remarks: [RemarkRecord]?

        /// A record from its parts.
        public init(
            image: String, faceCount: Int, enhancement: String, face: FaceRecord, remarks: [RemarkRecord]? = nil
        ) {
            self.image = image
            self.faceCount = faceCount
            self.enhancement = enhancement
            self.face = face
            self.remarks = remarks
        }
    }

    /// The answer, and what it rests on.
    public var decision: DecisionRecord
    /// Name, weights and preprocessing of the model that compared.
    public var model: String
    /// What found the faces.
    public var detector: String
    /// The numbers in which the networks ran.
    public var precision: String
    /// The first picture.
    public var a: Side
    /// The second picture.
    public var b: Side

    /// A record from its parts.
    public init(decision: DecisionRecord, model: String, detector: String, precision: String, a: Side, b: Side) {
        self.decision = decision
        self.model = model
        self.detector = detector
        self.precision = precision
        self.a = a
        self.b = b
    }

    private enum CodingKeys: String, CodingKey { case model, detector, precision, a, b }

    /// Reads the record; the fields of ``decision`` stand beside the others.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        decision = try DecisionRecord(from: decoder)
        model = try container.decode(String.self, forKey: .model)
        detector = try container.decode(String.self, forKey: .detector)
        precision = try container.decode(String.self, forKey: .precision)
        a = try container.decode(Side.self, forKey: .a)
        b = try container.decode(Side.self, forKey: .b)
    }

    /// Writes the record; the fields of ``decision`` stand beside the others.
    public func encode(to encoder: any Encoder) throws {
        try decision.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(model, forKey: .model)
        try container.encode(detector, forKey: .detector)
        try container.encode(precision, forKey: .precision)
        try container.encode(a, forKey: .a)
        try container.encode(b, forKey: .b)
    }
}
