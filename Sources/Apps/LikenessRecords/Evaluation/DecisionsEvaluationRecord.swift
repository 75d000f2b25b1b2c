/// A test of whether a card's thresholds are valid under different conditions: `evaluate decisions`.
public struct DecisionsEvaluationRecord: Codable, Hashable, Sendable {
    /// A difference with its interval.
    public struct Difference: Codable, Hashable, Sendable {
        /// The difference.
        public var value: Double
        /// The lower end of the interval.
        public var low: Double
        /// The upper end of the interval.
        public var high: Double

        /// Creates a record from its parts.
        public init(value: Double, low: Double, high: Double) {
            self.value = value
            self.low = low
            self.high = high
        }
    }

    /// The errors at one stated rate.
    public struct Rate: Codable, Hashable, Sendable {
        /// The stated false match rate.
        public var statedRate: Double
        /// The expected number of false matches.
        public var expected: Double
        /// The observed rate with a single threshold.
        public var one: Double
        /// The observed rate with thresholds by condition.
        public var byCondition: Double
        /// ``one`` divided by the stated rate.
        public var oneRatio: Double
        /// ``byCondition`` divided by the stated rate.
        public var ratio: Double
        /// The share of mated comparisons that don't match with a single threshold; `null` if there are none.
        @Nullable public var oneMissed: Double?
        /// The same share with thresholds by condition.
        @Nullable public var missed: Double?
        /// The same share with the single threshold that has the same number of false matches.
        @Nullable public var equalMissed: Double?
        /// ``missed`` minus ``equalMissed``; `null` if there are no mated comparisons.
        @Nullable public var difference: Difference?

        /// Creates a record from its parts.
        public init(
            statedRate: Double, expected: Double, one: Double, byCondition: Double, oneRatio: Double, ratio: Double,
            oneMissed: Double? = nil, missed: Double? = nil, equalMissed: Double? = nil, difference: Difference? = nil
        ) {
            self.statedRate = statedRate
            self.expected = expected
            self.one = one
            self.byCondition = byCondition
            self.oneRatio = oneRatio
            self.ratio = ratio
            self.oneMissed = oneMissed
            self.missed = missed
            self.equalMissed = equalMissed
            self.difference = difference
        }
    }

    /// The results for one way of presenting faces, such as masked or dark.
    public struct Row: Codable, Hashable, Sendable {
        /// The name.
        public var name: String
        /// The number of impostor comparisons.
        public var impostors: Int
        /// The number of mated comparisons.
        public var mated: Int
        /// The number of mated comparisons with a picture in which no face is found.
        public var withoutFace: Int
        /// The errors at each stated rate.
        public var rates: [Rate]
        /// The expected calibration error of the card's probabilities; `null` if the card has none.
        @Nullable public var calibrationError: Double?

        /// Creates a record from its parts.
        public init(
            name: String, impostors: Int, mated: Int, withoutFace: Int, rates: [Rate], calibrationError: Double? = nil
        ) {
            self.name = name
            self.impostors = impostors
            self.mated = mated
            self.withoutFace = withoutFace
            self.rates = rates
            self.calibrationError = calibrationError
        }
    }

    /// The results for each way of presenting faces.
    public var rows: [Row]
    /// The model and settings used.
    public var conditions: ConditionsRecord

    /// Creates a record from its parts.
    public init(rows: [Row], conditions: ConditionsRecord) {
        self.rows = rows
        self.conditions = conditions
    }

    private enum CodingKeys: String, CodingKey { case rows }

    /// Reads the record, in which the fields of ``conditions`` are on the same level as the others.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        rows = try container.decode([Row].self, forKey: .rows)
        conditions = try ConditionsRecord(from: decoder)
    }

    /// Writes the record, with the fields of ``conditions`` on the same level as the others.
    public func encode(to encoder: any Encoder) throws {
        try conditions.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(rows, forKey: .rows)
    }
}
