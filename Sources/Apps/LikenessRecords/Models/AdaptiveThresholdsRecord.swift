/// Thresholds that depend on the conditions of the two faces.
public struct AdaptiveThresholdsRecord: Codable, Hashable, Sendable {
    /// The threshold at one false match rate.
    public struct Point: Codable, Hashable, Sendable {
        /// The share of impostor comparisons at or above the threshold, 0 to 1.
        public var falseMatchRate: Double
        /// The threshold: the cosine similarity from which a comparison is a match.
        public var threshold: Float
        /// Whether the rate was measured; other rates are extrapolated. Only in `models show`.
        public var measured: Bool?

        /// Creates a record from its parts.
        public init(falseMatchRate: Double, threshold: Float, measured: Bool? = nil) {
            self.falseMatchRate = falseMatchRate
            self.threshold = threshold
            self.measured = measured
        }
    }

    /// The measurements for one condition within a range of strengths.
    public struct Cell: Codable, Hashable, Sendable {
        /// The condition that distinguishes the faces from plain ones: `child`, `masked`, `small`, `dark`, `blurred` or
        /// `turned`.
        public var kind: String
        /// Whether the condition applies to both faces.
        public var isShared: Bool
        /// The lower end of the range of strengths, included. Strengths are probabilities 0 to 1 for `child` and
        /// `masked`, pixels for `small`, mean luminance 0 to 1 for `dark`, gray levels for `blurred`, degrees for
        /// `turned`.
        public var low: Double
        /// The upper end of the range, not included, except in the last range.
        public var high: Double
        /// The number of impostor comparisons in the measurement.
        public var impostorPairs: Int
        /// The number of pairs of different people.
        public var peoplePairs: Int
        /// The lowest false match rate that the number of people supports; absent if that is the last of ``points``.
        public var lowestMeasuredRate: Double?
        /// The points by decreasing false match rate; the thresholds increase.
        public var points: [Point]

        /// Creates a record from its parts.
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

    /// The version of the context with which the thresholds were fitted.
    public var contextVersion: Int
    /// The measurements, in no particular order.
    public var cells: [Cell]
    /// The number of people in the comparisons.
    public var people: Int
    /// A description of the pictures.
    public var data: String

    /// Creates a record from its parts.
    public init(contextVersion: Int, cells: [Cell], people: Int, data: String) {
        self.contextVersion = contextVersion
        self.cells = cells
        self.people = people
        self.data = data
    }
}
