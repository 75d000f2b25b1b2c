/// The similarity that comparisons of two people reach at each false match rate, and what that was measured on.
public struct MatchCalibrationRecord: Codable, Hashable, Sendable {
    /// The threshold at one false match rate.
    public struct Point: Codable, Hashable, Sendable {
        /// Share of comparisons of two people at or above the threshold, 0 to 1.
        public var falseMatchRate: Double
        /// The cosine similarity from which a comparison is a match.
        public var threshold: Float
        /// Share of comparisons of one person below the threshold, 0 to 1.
        public var falseNonMatchRate: Double

        /// A record from its parts.
        public init(falseMatchRate: Double, threshold: Float, falseNonMatchRate: Double) {
            self.falseMatchRate = falseMatchRate
            self.threshold = threshold
            self.falseNonMatchRate = falseNonMatchRate
        }
    }

    /// By falling false match rate.
    public var points: [Point]
    /// The pictures' source, in words.
    public var data: String
    /// How many people.
    public var people: Int
    /// How many pictures of them had a face.
    public var pictures: Int
    /// How many comparisons of two people's pictures.
    public var impostorPairs: Int
    /// How many pairs of two people.
    public var peoplePairs: Int
    /// How many comparisons of two pictures of one person.
    public var matedPairs: Int
    /// The detector and the precision that ran.
    public var conditions: String
    /// What weakens the figures.
    public var remark: String
    /// The command that makes the figures again.
    public var command: String

    /// A record from its parts.
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
