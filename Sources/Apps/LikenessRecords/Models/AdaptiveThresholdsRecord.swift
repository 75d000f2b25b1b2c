/// Thresholds that follow the conditions of the two faces.
public struct AdaptiveThresholdsRecord: Codable, Hashable, Sendable {
    /// The threshold at one false match rate.
    public struct Point: Codable, Hashable, Sendable {
        /// Share of comparisons of two people at or above the threshold, 0 to 1.
        public var falseMatchRate: Double
        /// The cosine similarity from which a comparison is a match.
        public var threshold: Float
        /// Whether the rate was measured; others are extrapolated. Only `models show` says so.
        public var measured: Bool?

        /// A record from its parts.
        public init(falseMatchRate: Double, threshold: Float, measured: Bool? = nil) {
            self.falseMatchRate = falseMatchRate
            self.threshold = threshold
            self.measured = measured
        }
    }

    /// What was measured of one condition within a range of strengths.
    public struct Cell: Codable, Hashable, Sendable {
        /// What sets the faces apart from plain ones: `child`, `masked`, `small`, `dark`, `blurred` or `turned`.
        public var kind: String
        /// Whether both faces have it.
        public var isShared: Bool
        /// The least strength, as a number. Probabilities 0 to 1 for `child` and `masked`, pixels for `small`, mean
        /// luminance 0 to 1 for `dark`, gray levels for `blurred`, degrees for `turned`.
        public var low: Double
        /// The strength that is no longer in the range; the last range includes it.
        public var high: Double
        /// How many comparisons of two people it rests on.
        public var impostorPairs: Int
        /// How many pairs of two people.
        public var peoplePairs: Int
        /// The lowest false match rate that so many people support; absent if that is the last of ``points``.
        public var lowestMeasuredRate: Double?
        /// By falling false match rate; the thresholds rise.
        public var points: [Point]

        /// A record from its parts.
        public init(
            kind: String, isShared: Bool, low: Double, high: Double, impostorPairs: Int, peoplePairs: Int,
            lowestMeasuredRate: Double? = nil, points: [Point]
        ) {
            self.kind = kind
            self.isShared = isShared
            self.low = low
            self.high = high
            self.impostorPairs = impostorPairs
            self.peoplePairs = peoplePairs
            self.lowestMeasuredRate = lowestMeasuredRate
            self.points = points
        }
    }

    /// The version of the context that the thresholds were fitted with.
    public var contextVersion: Int
    /// What was measured, in no order.
    public var cells: [Cell]
    /// How many people the comparisons are of.
    public var people: Int
    /// The pictures, in words.
    public var data: String

    /// A record from its parts.
    public init(contextVersion: Int, cells: [Cell], people: Int, data: String) {
        self.contextVersion = contextVersion
        self.cells = cells
        self.people = people
        self.data = data
    }
}
