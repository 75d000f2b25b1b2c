/// An explanation of which parts of two faces their similarity is based on: `explain`.
public struct ExplanationRecord: Codable, Hashable, Sendable {
    /// Values on a grid over the aligned face.
    public struct Map: Codable, Hashable, Sendable {
        /// The number of rows.
        public var rows: Int
        /// The number of columns.
        public var columns: Int
        /// The values, row by row from the top, each from left to right.
        public var values: [[Float]]

        /// Creates a record from its parts.
        public init(rows: Int, columns: Int, values: [[Float]]) {
            self.rows = rows
            self.columns = columns
            self.values = values
        }
    }

    /// A part of the face and its contribution to the similarity.
    public struct Region: Codable, Hashable, Sendable {
        /// The name, such as `nose`. `left` and `right` are as seen in the picture, and `surroundings` is everything
        /// outside the face.
        public var region: String
        /// The region's share of everything that supports the similarity, 0 to 1. The shares sum to 1.
        public var share: Float
        /// The region's contribution against the similarity, in the same unit.
        public var against: Float
        /// The region's share of the crop's area, 0 to 1.
        public var area: Float

        /// Creates a record from its parts.
        public init(region: String, share: Float, against: Float, area: Float) {
            self.region = region
            self.share = share
            self.against = against
            self.area = area
        }
    }

    /// A map of the network's own attention.
    public struct Attention: Codable, Hashable, Sendable {
        /// The place in the network, in words.
        public var name: String
        /// The meaning of the values. `gate`: weights, 0 to 1. `places`: the share of all attention that each place
        /// gets, relative to the average, which is 1.
        public var kind: String
        /// The values.
        public var map: Map

        /// Creates a record from its parts.
        public init(name: String, kind: String, map: Map) {
            self.name = name
            self.kind = kind
            self.map = map
        }
    }

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
        /// The loss of cosine similarity when a cell is hidden; negative if the cell reduces the similarity.
        public var map: Map
        /// The regions of the face, most important first.
        public var regions: [Region]
        /// The network's own attention; absent without `--attention`.
        public var attention: [Attention]?

        /// Creates a record from its parts.
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

    /// The decision and its basis.
    public var decision: DecisionRecord
    /// The name and the version of weights and preprocessing of the embedding model.
    public var model: String
    /// The detector's name.
    public var detector: String
    /// The precision with which the networks ran.
    public var precision: String
    /// The alignment of the faces in the maps, such as `arcface-112`.
    public var template: String
    /// The method by which the maps were computed, such as `patches`.
    public var method: String
    /// The content that replaces hidden parts, such as `blur`.
    public var fill: String
    /// The file with the drawn figure; absent without `--to`.
    public var picture: String?
    /// The first picture.
    public var a: Side
    /// The second picture.
    public var b: Side

    /// Creates a record from its parts.
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

    /// Reads the record, in which the fields of ``decision`` are on the same level as the others.
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

    /// Writes the record, with the fields of ``decision`` on the same level as the others.
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
