/// The comparison of two pictures: `verify`.
///
/// ```swift
/// // The output of `likeness verify a.jpg b.jpg --format json`.
/// let record = try JSONDecoder.likeness.decode(VerificationRecord.self, from: output)
/// print(record.decision.match, record.decision.similarity, record.decision.threshold, record.model)
/// ```
public struct VerificationRecord: Codable, Hashable, Sendable {
    /// One of the two pictures.
    public struct Side: Codable, Hashable, Sendable {
        /// The picture's name, as given.
        public var image: String
        /// The number of faces found. If a face is large, tiny ones are not searched for.
        public var faceCount: Int
        /// The enhancement of the picture in which the face was found: `none`, `clahe` or `gamma`.
        public var enhancement: String
        /// The face that was compared.
        public var face: FaceRecord
        /// Minor defects of the file that didn't prevent it from being read; absent if there are none.
        public var remarks: [RemarkRecord]?

        /// Creates a record from its parts.
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

    /// The decision and its basis.
    public var decision: DecisionRecord
    /// The name and the version of weights and preprocessing of the embedding model.
    public var model: String
    /// The detector's name.
    public var detector: String
    /// The precision with which the networks ran.
    public var precision: String
    /// The first picture.
    public var a: Side
    /// The second picture.
    public var b: Side

    /// Creates a record from its parts.
    public init(decision: DecisionRecord, model: String, detector: String, precision: String, a: Side, b: Side) {
        self.decision = decision
        self.model = model
        self.detector = detector
        self.precision = precision
        self.a = a
        self.b = b
    }

    private enum CodingKeys: String, CodingKey { case model, detector, precision, a, b }

    /// Reads the record, in which the fields of ``decision`` are on the same level as the others.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        decision = try DecisionRecord(from: decoder)
        model = try container.decode(String.self, forKey: .model)
        detector = try container.decode(String.self, forKey: .detector)
        precision = try container.decode(String.self, forKey: .precision)
        a = try container.decode(Side.self, forKey: .a)
        b = try container.decode(Side.self, forKey: .b)
    }

    /// Writes the record, with the fields of ``decision`` on the same level as the others.
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
