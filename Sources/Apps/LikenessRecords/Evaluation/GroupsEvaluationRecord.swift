/// Errors by group: `evaluate groups`.
public struct GroupsEvaluationRecord: Codable, Hashable, Sendable {
    /// How large a group is.
    public struct Size: Codable, Hashable, Sendable {
        /// How many people; a picture without an identity is a person of its own.
        public var people: Int
        /// How many pictures.
        public var pictures: Int
        /// How many of them have no face.
        public var failedPictures: Int

        /// A record from its parts.
        public init(people: Int, pictures: Int, failedPictures: Int) {
            self.people = people
            self.pictures = pictures
            self.failedPictures = failedPictures
        }
    }

    /// The errors of one group.
    public struct Group: Codable, Hashable, Sendable {
        /// The group's label.
        public var name: String
        /// Pairs of two people of the group that match; absent if there are none.
        public var fmr: ObservedRateRecord?
        /// Pairs of one person that don't; absent if there are none.
        public var fnmr: ObservedRateRecord?
        /// How large it is; absent if only comparisons are known.
        public var size: Size?
        /// The interval of ``fmr`` from drawing people; absent if they were not drawn.
        public var fmrByPeople: IntervalRecord?
        /// The interval of ``fnmr`` from drawing people; absent if they were not drawn.
        public var fnmrByPeople: IntervalRecord?

        /// A record from its parts.
        public init(
            name: String, fmr: ObservedRateRecord? = nil, fnmr: ObservedRateRecord? = nil, size: Size? = nil,
            fmrByPeople: IntervalRecord? = nil, fnmrByPeople: IntervalRecord? = nil
        ) {
            self.name = name
            self.fmr = fmr
            self.fnmr = fnmr
            self.size = size
            self.fmrByPeople = fmrByPeople
            self.fnmrByPeople = fnmrByPeople
        }
    }

    /// How unequal a rate is.
    public struct Inequity: Codable, Hashable, Sendable {
        /// The group with the highest rate.
        public var worst: String
        /// The group with the lowest one.
        public var best: String
        /// The highest rate by the lowest; absent if the lowest is 0.
        public var ratioToBest: Double?
        /// The highest rate by the geometric mean of all; absent if a rate is 0.
        public var ratioToGeometricMean: Double?
        /// The interval of ``ratioToBest`` from drawing people; absent if it has no upper end or they were not
        /// drawn.
        public var ratioToBestInterval: IntervalRecord?
        /// The interval of ``ratioToGeometricMean``, likewise.
        public var ratioToGeometricMeanInterval: IntervalRecord?

        /// A record from its parts.
        public init(
            worst: String, best: String, ratioToBest: Double? = nil, ratioToGeometricMean: Double? = nil,
            ratioToBestInterval: IntervalRecord? = nil, ratioToGeometricMeanInterval: IntervalRecord? = nil
        ) {
            self.worst = worst
            self.best = best
            self.ratioToBest = ratioToBest
            self.ratioToGeometricMean = ratioToGeometricMean
            self.ratioToBestInterval = ratioToBestInterval
            self.ratioToGeometricMeanInterval = ratioToGeometricMeanInterval
        }
    }

    /// The groups of one column, or of several crossed.
    public struct Label: Codable, Hashable, Sendable {
        /// Which.
        public var label: String
        /// The threshold for all.
        public var threshold: Float
        /// In order of name.
        public var groups: [Group]
        /// Pairs of people of two groups that match; absent if there are none.
        public var acrossGroups: ObservedRateRecord?
        /// How unequal the false match rates are; absent with fewer than two groups that have one.
        public var fmrInequity: Inequity?
        /// How unequal the false non-match rates are; absent with fewer than two groups that have one.
        public var fnmrInequity: Inequity?
        /// How often people were drawn; absent if they were not.
        public var bootstrapRounds: Int?

        /// A record from its parts.
        public init(
            label: String, threshold: Float, groups: [Group], acrossGroups: ObservedRateRecord? = nil,
            fmrInequity: Inequity? = nil, fnmrInequity: Inequity? = nil, bootstrapRounds: Int? = nil
        ) {
            self.label = label
            self.threshold = threshold
            self.groups = groups
            self.acrossGroups = acrossGroups
            self.fmrInequity = fmrInequity
            self.fnmrInequity = fnmrInequity
            self.bootstrapRounds = bootstrapRounds
        }
    }

    /// The cosine similarity from which a pair matches.
    public var threshold: Float
    /// The false match rate that the threshold is for; `null` if it was given.
    public var statedFMR: Double?
    /// Where the threshold is from: `card`, `list` or `given`.
    public var thresholdFrom: String
    /// How many pictures.
    public var pictures: Int
    /// How many people the list names.
    public var people: Int
    /// How many pictures failed.
    public var failedImages: Int
    /// Which they are.
    public var failures: [FailedImageRecord]
    /// By column.
    public var labels: [Label]
    /// What ran.
    public var conditions: ConditionsRecord

    /// A record from its parts.
    public init(
        threshold: Float, statedFMR: Double? = nil, thresholdFrom: String, pictures: Int, people: Int,
        failedImages: Int, failures: [FailedImageRecord], labels: [Label], conditions: ConditionsRecord
    ) {
        self.threshold = threshold
        self.statedFMR = statedFMR
        self.thresholdFrom = thresholdFrom
        self.pictures = pictures
        self.people = people
        self.failedImages = failedImages
        self.failures = failures
        self.labels = labels
        self.conditions = conditions
    }

    private enum CodingKeys: String, CodingKey {
        case threshold, statedFMR, thresholdFrom, pictures, people, failedImages, failures, labels
    }

    /// Reads the record; the fields of ``conditions`` stand beside the others.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        threshold = try container.decode(Float.self, forKey: .threshold)
        statedFMR = try container.decodeIfPresent(Double.self, forKey: .statedFMR)
        thresholdFrom = try container.decode(String.self, forKey: .thresholdFrom)
        pictures = try container.decode(Int.self, forKey: .pictures)
        people = try container.decode(Int.self, forKey: .people)
        failedImages = try container.decode(Int.self, forKey: .failedImages)
        failures = try container.decode([FailedImageRecord].self, forKey: .failures)
        labels = try container.decode([Label].self, forKey: .labels)
        conditions = try ConditionsRecord(from: decoder)
    }

    /// Writes the record; the fields of ``conditions`` stand beside the others.
    public func encode(to encoder: any Encoder) throws {
        try conditions.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(threshold, forKey: .threshold)
        try container.encode(statedFMR, forKey: .statedFMR)
        try container.encode(thresholdFrom, forKey: .thresholdFrom)
        try container.encode(pictures, forKey: .pictures)
        try container.encode(people, forKey: .people)
        try container.encode(failedImages, forKey: .failedImages)
        try container.encode(failures, forKey: .failures)
        try container.encode(labels, forKey: .labels)
    }
}
