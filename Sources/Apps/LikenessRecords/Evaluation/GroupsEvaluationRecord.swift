/// The errors for each group of people: `evaluate groups`.
public struct GroupsEvaluationRecord: Codable, Hashable, Sendable {
    /// The size of a group.
    public struct Size: Codable, Hashable, Sendable {
        /// The number of people. A picture without an identity counts as a person of its own.
        public var people: Int
        /// The number of pictures.
        public var pictures: Int
        /// The number of pictures in which no face is found.
        public var failedPictures: Int

        /// Creates a record from its parts.
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
        /// The rate of impostor pairs within the group that match; absent if there are none.
        public var fmr: ObservedRateRecord?
        /// The rate of mated pairs that don't match; absent if there are none.
        public var fnmr: ObservedRateRecord?
        /// The size of the group; absent if only comparisons are known.
        public var size: Size?
        /// The interval of ``fmr`` from resampling people; absent if people were not resampled.
        public var fmrByPeople: IntervalRecord?
        /// The interval of ``fnmr`` from resampling people; absent if people were not resampled.
        public var fnmrByPeople: IntervalRecord?

        /// Creates a record from its parts.
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

    /// The inequality of a rate between groups.
    public struct Inequity: Codable, Hashable, Sendable {
        /// The group with the highest rate.
        public var worst: String
        /// The group with the lowest rate.
        public var best: String
        /// The highest rate divided by the lowest; absent if the lowest is 0.
        public var ratioToBest: Double?
        /// The highest rate divided by the geometric mean of all; absent if a rate is 0.
        public var ratioToGeometricMean: Double?
        /// The interval of ``ratioToBest`` from resampling people; absent if it has no upper end or people were not
        /// resampled.
        public var ratioToBestInterval: IntervalRecord?
        /// The interval of ``ratioToGeometricMean`` from resampling people, absent under the same conditions.
        public var ratioToGeometricMeanInterval: IntervalRecord?

        /// Creates a record from its parts.
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

    /// The groups given by one column, or by a combination of several.
    public struct Label: Codable, Hashable, Sendable {
        /// The column or columns.
        public var label: String
        /// The threshold, which is the same for all groups.
        public var threshold: Float
        /// The groups, sorted by name.
        public var groups: [Group]
        /// The rate of impostor pairs between two groups that match; absent if there are none.
        public var acrossGroups: ObservedRateRecord?
        /// The inequality of the false match rates; absent if fewer than two groups have one.
        public var fmrInequity: Inequity?
        /// The inequality of the false non-match rates; absent if fewer than two groups have one.
        public var fnmrInequity: Inequity?
        /// The number of times people were resampled; absent if they were not.
        public var bootstrapRounds: Int?

        /// Creates a record from its parts.
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

    /// The threshold: the cosine similarity from which a pair matches.
    public var threshold: Float
    /// The false match rate for which the threshold was chosen; `null` if the threshold was given.
    public var statedFMR: Double?
    /// The origin of the threshold: `card`, `list` or `given`.
    public var thresholdFrom: String
    /// The number of pictures.
    public var pictures: Int
    /// The number of people in the list.
    public var people: Int
    /// The number of pictures that failed.
    public var failedImages: Int
    /// The failed pictures, with reasons.
    public var failures: [FailedImageRecord]
    /// The results for each column.
    public var labels: [Label]
    /// The model and settings used.
    public var conditions: ConditionsRecord

    /// Creates a record from its parts.
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

    /// Reads the record, in which the fields of ``conditions`` are on the same level as the others.
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

    /// Writes the record, with the fields of ``conditions`` on the same level as the others.
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
