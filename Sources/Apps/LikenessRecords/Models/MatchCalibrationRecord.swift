/// The thresholds for different false match rates, and the data on which they were measured.
public struct MatchCalibrationRecord: Codable, Hashable, Sendable {
    /// The threshold at one false match rate.
    public struct Point: Codable, Hashable, Sendable {
        /// The share of impostor comparisons at or above the threshold, 0 to 1.
        public var falseMatchRate: Double
        /// The threshold: the cosine similarity from which a comparison is a match.
        public var threshold: Float
        /// The share of mated comparisons below the threshold, 0 to 1.
        public var falseNonMatchRate: Double

        /// Creates a record from its parts.
        public init(falseMatchRate: Double, threshold: Float, falseNonMatchRate: Double) {
            self.falseMatchRate = falseMatchRate
            self.threshold = threshold
            self.falseNonMatchRate = falseNonMatchRate
        }
    }

    /// The points by decreasing false match rate.
    public var points: [Point]
    /// A description of the pictures' source.
    public var data: String
    /// The number of people.
    public var people: Int
    /// The number of their pictures in which a face was found.
    public var pictures: Int
    /// The number of impostor comparisons, between pictures of two people.
    public var impostorPairs: Int
    /// The number of pairs of different people.
    public var peoplePairs: Int
    /// The number of mated comparisons, between pictures of one person.
    public var matedPairs: Int
    /// The detector and the precision used.
    public var conditions: String
    /// The limitations of the measurement.
    public var remark: String
    /// The command that reproduces the measurement.
    public var command: String

    /// Creates a record from its parts.
    public init(
        points: [Point], data: String, people: Int, pictures: Int, impostorPairs: Int, peoplePairs: Int,
        matedPairs: Int, conditions: String, remark: String, command: String
    ) {
        self.points = points
        self.data = data
        self.people = people
        self.pictures = pictures
        self.impostorPairs = impostorPairs
        self.peoplePairs = peoplePairs
        self.matedPairs = matedPairs
        self.conditions = conditions
        self.remark = remark
        self.command = command
    }
}
