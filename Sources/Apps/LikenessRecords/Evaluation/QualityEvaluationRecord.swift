/// How the false non-match rate falls if the worst faces are refused: `evaluate quality`.
public struct QualityEvaluationRecord: Codable, Hashable, Sendable {
    /// The result if a share of the faces is refused by one criterion.
    public struct Point: Codable, Hashable, Sendable {
        /// The share of refused faces, 0 to 1.
        public var share: Double
        /// The number of refused faces.
        public var refused: Int
        /// The number of mated pairs of the remaining faces.
        public var matedPairs: Int
        /// The number of these that don't match.
        public var falseNonMatches: Int
        /// The false non-match rate of the remaining faces; absent if they form no pair.
        public var fnmr: Double?
        /// How far the rate falls below that of all faces, as a share of it; absent if that of all faces is 0.
        public var fall: Double?
        /// The interval of ``fall`` from resampling people; absent without one.
        public var fallInterval: IntervalRecord?
        /// The fall by quality minus this one; absent for quality itself.
        public var lead: Double?
        /// The interval of ``lead`` from resampling people; absent without one.
        public var leadInterval: IntervalRecord?

        /// Creates a record from its parts.
        public init(
            share: Double, refused: Int, matedPairs: Int, falseNonMatches: Int, fnmr: Double? = nil,
            fall: Double? = nil, fallInterval: IntervalRecord? = nil, lead: Double? = nil,
            leadInterval: IntervalRecord? = nil
        ) {
            self.share = share
            self.refused = refused
            self.matedPairs = matedPairs
            self.falseNonMatches = falseNonMatches
            self.fnmr = fnmr
            self.fall = fall
            self.fallInterval = fallInterval
            self.lead = lead
            self.leadInterval = leadInterval
        }
    }

    /// The results of one criterion.
    public struct Criterion: Codable, Hashable, Sendable {
        /// The criterion: `quality`, `conditions` (all limits of the enrollment gate but the quality, made stricter
        /// together), `size`, `sharpness` or `confidence`.
        public var name: String
        /// One point for each share; the first one refuses no face.
        public var points: [Point]

        /// Creates a record from its parts.
        public init(name: String, points: [Point]) { (self.name, self.points) = (name, points) }
    }

    /// The threshold: the cosine similarity from which a pair matches.
    public var threshold: Float
    /// The false match rate for which the threshold was chosen; `null` if the threshold was given.
    public var statedFMR: Double?
    /// The origin of the threshold: `card`, `list` or `given`.
    public var thresholdFrom: String
    /// The number of pictures, including altered copies.
    public var pictures: Int
    /// The number of pictures without a face, and of those that can't be read.
    public var failedImages: Int
    /// The number of faces.
    public var faces: Int
    /// The number of people with a mated pair.
    public var people: Int
    /// The results of each criterion.
    public var criteria: [Criterion]
    /// The model and settings used.
    public var conditions: ConditionsRecord

    /// Creates a record from its parts.
    public init(
        threshold: Float, statedFMR: Double? = nil, thresholdFrom: String, pictures: Int, failedImages: Int,
        faces: Int, people: Int, criteria: [Criterion], conditions: ConditionsRecord
    ) {
        self.threshold = threshold
        self.statedFMR = statedFMR
        self.thresholdFrom = thresholdFrom
        self.pictures = pictures
        self.failedImages = failedImages
        self.faces = faces
        self.people = people
        self.criteria = criteria
        self.conditions = conditions
    }

    private enum CodingKeys: String, CodingKey {
        case threshold, statedFMR, thresholdFrom, pictures, failedImages, faces, people, criteria
    }

    /// Reads the record, in which the fields of ``conditions`` are on the same level as the others.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        threshold = try container.decode(Float.self, forKey: .threshold)
        statedFMR = try container.decodeIfPresent(Double.self, forKey: .statedFMR)
        thresholdFrom = try container.decode(String.self, forKey: .thresholdFrom)
        pictures = try container.decode(Int.self, forKey: .pictures)
        failedImages = try container.decode(Int.self, forKey: .failedImages)
        faces = try container.decode(Int.self, forKey: .faces)
        people = try container.decode(Int.self, forKey: .people)
        criteria = try container.decode([Criterion].self, forKey: .criteria)
        conditions = try ConditionsRecord(from: decoder)
    }

    /// Writes the record, with the fields of ``conditions`` on the same level as the others.
    public func encode(to encoder: any Encoder) throws {
        try conditions.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(threshold, forKey: .threshold)
        try container.encode(statedFMR, forKey: .statedFMR)
        try container.encode(thresholdFrom, forKey: .thresholdFrom)
        try container.encode(pictures, forKey: .pictures)
        try container.encode(failedImages, forKey: .failedImages)
        try container.encode(faces, forKey: .faces)
        try container.encode(people, forKey: .people)
        try container.encode(criteria, forKey: .criteria)
    }
}
