/// Searches for people who are enrolled.
public struct ClosedSetRecord: Codable, Hashable, Sendable {
    /// How many searches.
    public var searches: Int
    /// How many people are enrolled.
    public var enrolledPeople: Int
    /// The share of searches that find the person within so many ranks, from rank 1.
    public var cumulativeMatches: [ObservedRateRecord]
    /// The interval at rank 1 from drawing people; absent if they were not drawn.
    public var rankOneInterval: IntervalRecord?
    /// The coverage of the intervals, such as 0.95.
    public var level: Double

    /// A record from its parts.
    public init(
        searches: Int, enrolledPeople: Int, cumulativeMatches: [ObservedRateRecord],
        rankOneInterval: IntervalRecord? = nil, level: Double
    ) {
        self.searches = searches
        self.enrolledPeople = enrolledPeople
        self.cumulativeMatches = cumulativeMatches
        self.rankOneInterval = rankOneInterval
        self.level = level
    }
}

/// Searches for anybody, at one rate of false alarms.
public struct OpenSetRecord: Codable, Hashable, Sendable {
    /// The stated false positive identification rate; absent if a threshold was given.
    public var statedRate: Double?
    /// The similarity from which somebody is returned.
    public var threshold: Float
    /// How many people a search may return.
    public var rank: Int
    /// Searches for strangers that return somebody.
    public var fpir: ObservedRateRecord
    /// Searches for enrolled people that don't return them.
    public var fnir: ObservedRateRecord
    /// The interval of ``fnir`` from drawing people; absent if they were not drawn.
    public var fnirBySubjects: IntervalRecord?

    /// A record from its parts.
    public init(
        statedRate: Double? = nil, threshold: Float, rank: Int, fpir: ObservedRateRecord, fnir: ObservedRateRecord,
        fnirBySubjects: IntervalRecord? = nil
    ) {
        self.statedRate = statedRate
        self.threshold = threshold
        self.rank = rank
        self.fpir = fpir
        self.fnir = fnir
        self.fnirBySubjects = fnirBySubjects
    }
}

/// Identification in a gallery: `evaluate identify`.
public struct IdentificationEvaluationRecord: Codable, Hashable, Sendable {
    /// How many people are enrolled.
    public var enrolledPeople: Int
    /// How many are not.
    public var strangers: Int
    /// How many pictures are enrolled.
    public var galleryImages: Int
    /// How many pictures are searched for.
    public var probeImages: Int
    /// How many of all these failed.
    public var failedImages: Int
    /// The seed by which people and pictures were dealt.
    public var seed: UInt64
    /// Searches for people who are enrolled.
    public var closedSet: ClosedSetRecord
    /// By rate of false alarms; empty without strangers.
    public var openSet: [OpenSetRecord]
    /// For which rates there are too few searches, a sentence each.
    public var refused: [String]
    /// What ran.
    public var conditions: ConditionsRecord

    /// A record from its parts.
    public init(
        enrolledPeople: Int, strangers: Int, galleryImages: Int, probeImages: Int, failedImages: Int, seed: UInt64,
        closedSet: ClosedSetRecord, openSet: [OpenSetRecord], refused: [String], conditions: ConditionsRecord
    ) {
        self.enrolledPeople = enrolledPeople
        self.strangers = strangers
        self.galleryImages = galleryImages
        self.probeImages = probeImages
        self.failedImages = failedImages
        self.seed = seed
        self.closedSet = closedSet
        self.openSet = openSet
        self.refused = refused
        self.conditions = conditions
    }

    private enum CodingKeys: String, CodingKey {
        case enrolledPeople, strangers, galleryImages, probeImages, failedImages, seed, closedSet, openSet, refused
    }

    /// Reads the record; the fields of ``conditions`` stand beside the others.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        enrolledPeople = try container.decode(Int.self, forKey: .enrolledPeople)
        strangers = try container.decode(Int.self, forKey: .strangers)
        galleryImages = try container.decode(Int.self, forKey: .galleryImages)
        probeImages = try container.decode(Int.self, forKey: .probeImages)
        failedImages = try container.decode(Int.self, forKey: .failedImages)
        seed = try container.decode(UInt64.self, forKey: .seed)
        closedSet = try container.decode(ClosedSetRecord.self, forKey: .closedSet)
        openSet = try container.decode([OpenSetRecord].self, forKey: .openSet)
        refused = try container.decode([String].self, forKey: .refused)
        conditions = try ConditionsRecord(from: decoder)
    }

    /// Writes the record; the fields of ``conditions`` stand beside the others.
    public func encode(to encoder: any Encoder) throws {
        try conditions.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(enrolledPeople, forKey: .enrolledPeople)
        try container.encode(strangers, forKey: .strangers)
        try container.encode(galleryImages, forKey: .galleryImages)
        try container.encode(probeImages, forKey: .probeImages)
        try container.encode(failedImages, forKey: .failedImages)
        try container.encode(seed, forKey: .seed)
        try container.encode(closedSet, forKey: .closedSet)
        try container.encode(openSet, forKey: .openSet)
        try container.encode(refused, forKey: .refused)
    }
}
