/// Which parts of two faces their similarity rests on: `explain`.
public struct ExplanationRecord: Codable, Hashable, Sendable {
    /// Numbers on a grid over the aligned face.
    public struct Map: Codable, Hashable, Sendable {
        /// How many rows.
        public var rows: Int
        /// How many columns.
        public var columns: Int
        /// Row by row from the top, each from the left.
        public var values: [[Float]]

        /// A record from its parts.
        public init(rows: Int, columns: Int, values: [[Float]]) {
            self.rows = rows
            self.columns = columns
            self.values = values
        }
    }

    /// A part of the face, and what it says.
    public struct Region: Codable, Hashable, Sendable {
        /// Its name, such as `nose`; `left` and `right` are as seen in the picture, and `surroundings` is
        /// everything but the face.
        public var region: String
        /// Its part of all that spoke for the likeness, 0 to 1; the parts sum to 1.
        public var share: Float
        /// What spoke against the likeness, in the same measure.
        public var against: Float
        /// Its part of the crop, 0 to 1.
        public var area: Float

        /// A record from its parts.
        public init(region: String, share: Float, against: Float, area: Float) {
            self.region = region
            self.share = share
            self.against = against
            self.area = area
        }
    }

    /// What the network itself attends to.
    public struct Attention: Codable, Hashable, Sendable {
        /// Where in the network, in words.
        public var name: String
        /// What the numbers mean. `gate`: weights, 0 to 1. `places`: how much of all attention each place gets, 1
        /// on average.
        public var kind: String
        /// The numbers.
        public var map: Map

        /// A record from its parts.
        public init(name: String, kind: String, map: Map) {
            self.name = name
            self.kind = kind
            self.map = map
        }
    }

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
        /// The cosine similarity that is lost if a cell is hidden; negative if the cell spoke against the likeness.
        public var map: Map
        /// The parts of the face, the most important first.
        public var regions: [Region]
        /// What the network attends to; absent without `--attention`.
        public var attention: [Attention]?

        /// A record from its parts.
        public init(
            image: String, faceCount: Int, enhancement: String, face: FaceRecord, remarks: [RemarkRecord]? = nil,
            map: Map, regions: [Region], attention: [Attention]? = nil
        ) {
            self.image = image
            self.faceCount = faceCount
            self.enhancement = enhancement
            self.face = face
            self.remarks = remarks
            self.map = map
            self.regions = regions
            self.attention = attention
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
    /// What the maps' faces are aligned to, such as `arcface-112`.
    public var template: String
    /// How the maps were found, such as `patches`.
    public var method: String
    /// What stood in the place of hidden parts, such as `blur`.
    public var fill: String
    /// The file that was drawn; absent without `--to`.
    public var picture: String?
    /// The first picture.
    public var a: Side
    /// The second picture.
    public var b: Side

    /// A record from its parts.
    public init(
        decision: DecisionRecord, model: String, detector: String, precision: String, template: String, method: String,
        fill: String, picture: String? = nil, a: Side, b: Side
    ) {
        self.decision = decision
        self.model = model
        self.detector = detector
        self.precision = precision
        self.template = template
        self.method = method
        self.fill = fill
        self.picture = picture
        self.a = a
        self.b = b
    }

    private enum CodingKeys: String, CodingKey {
        case model, detector, precision, template, method, fill, picture, a, b
    }

    /// Reads the record; the fields of ``decision`` stand beside the others.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        decision = try DecisionRecord(from: decoder)
        model = try container.decode(String.self, forKey: .model)
        detector = try container.decode(String.self, forKey: .detector)
        precision = try container.decode(String.self, forKey: .precision)
        template = try container.decode(String.self, forKey: .template)
        method = try container.decode(String.self, forKey: .method)
        fill = try container.decode(String.self, forKey: .fill)
        picture = try container.decodeIfPresent(String.self, forKey: .picture)
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
        try container.encode(template, forKey: .template)
        try container.encode(method, forKey: .method)
        try container.encode(fill, forKey: .fill)
        try container.encodeIfPresent(picture, forKey: .picture)
        try container.encode(a, forKey: .a)
        try container.encode(b, forKey: .b)
    }
}
