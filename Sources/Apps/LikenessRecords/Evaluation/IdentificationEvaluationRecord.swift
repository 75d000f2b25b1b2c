/// The results of closed-set identification: searches for enrolled people.
public struct ClosedSetRecord: Codable, Hashable, Sendable {
    /// The number of searches.
    public var searches: Int
    /// The number of enrolled people.
    public var enrolledPeople: Int
    /// The shares of searches that find the person within the first ranks, from rank 1.
    public var cumulativeMatches: [ObservedRateRecord]
    /// The interval at rank 1 from resampling people; absent if people were not resampled.
    public var rankOneInterval: IntervalRecord?
    /// The coverage of the intervals, such as 0.95.
    public var level: Double

    /// Creates a record from its parts.
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

/// The results of open-set identification, with searches for enrolled and other people, at one rate of false alarms.
public struct OpenSetRecord: Codable, Hashable, Sendable {
    /// The stated false positive identification rate; absent if a threshold was given.
    public var statedRate: Double?
    /// The similarity from which a person is returned.
    public var threshold: Float
    /// The maximum number of people that a search returns.
    public var rank: Int
    /// The false positive identification rate: searches for people who are not enrolled that return someone.
    public var fpir: ObservedRateRecord
    /// The false negative identification rate: searches for enrolled people that don't return them.
    public var fnir: ObservedRateRecord
    /// The interval of ``fnir`` from resampling people; absent if people were not resampled.
    public var fnirBySubjects: IntervalRecord?

    /// Creates a record from its parts.
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
    /// The number of enrolled people.
    public var enrolledPeople: Int
    /// The number of people who are not enrolled.
    public var strangers: Int
    /// The number of enrolled pictures.
    public var galleryImages: Int
    /// The number of pictures searched for.
    public var probeImages: Int
    /// The number of all these pictures that failed.
    public var failedImages: Int
    /// The seed for the choice of people and pictures.
    public var seed: UInt64
    /// The results of closed-set identification.
    public var closedSet: ClosedSetRecord
    /// The results of open-set identification for each rate of false alarms; empty if everyone is enrolled.
    public var openSet: [OpenSetRecord]
    /// The rates for which there are too few searches, each in one sentence.
    public var refused: [String]
    /// The model and settings used.
    public var conditions: ConditionsRecord

    /// Creates a record from its parts.
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

    /// Reads the record, in which the fields of ``conditions`` are on the same level as the others.
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

    /// Writes the record, with the fields of ``conditions`` on the same level as the others.
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
