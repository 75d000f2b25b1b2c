/// Whether a card's thresholds hold under conditions: `evaluate decisions`.
public struct DecisionsEvaluationRecord: Codable, Hashable, Sendable {
    /// A difference with its interval.
    public struct Difference: Codable, Hashable, Sendable {
        /// The difference.
        public var value: Double
        /// Lower end of the interval.
        public var low: Double
        /// Upper end of the interval.
        public var high: Double

        /// A record from its parts.
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
        /// How many false matches are expected.
        public var expected: Double
        /// The observed rate with one threshold.
        public var one: Double
        /// The observed rate with thresholds by condition.
        public var byCondition: Double
        /// ``one`` by the stated rate.
        public var oneRatio: Double
        /// ``byCondition`` by the stated rate.
        public var ratio: Double
        /// Share of comparisons of one person that are missed with one threshold; `null` if there are none.
        @Nullable public var oneMissed: Double?
        /// The same with thresholds by condition.
        @Nullable public var missed: Double?
        /// The same with the one threshold that lets as many false matches through.
        @Nullable public var equalMissed: Double?
        /// ``missed`` less ``equalMissed``; `null` if there are no comparisons of one person.
        @Nullable public var difference: Difference?

        /// A record from its parts.
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

    /// One way to show faces.
    public struct Row: Codable, Hashable, Sendable {
        /// Which.
        public var name: String
        /// How many comparisons of two people.
        public var impostors: Int
        /// How many of one person.
        public var mated: Int
        /// How many of these have a picture without a face.
        public var withoutFace: Int
        /// By stated rate.
        public var rates: [Rate]
        /// The expected calibration error of the card's probabilities; `null` if it has none.
        @Nullable public var calibrationError: Double?

        /// A record from its parts.
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

    /// By the way faces are shown.
    public var rows: [Row]
    /// What ran.
    public var conditions: ConditionsRecord

    /// A record from its parts.
    public init(rows: [Row], conditions: ConditionsRecord) {
        self.rows = rows
        self.conditions = conditions
    }

    private enum CodingKeys: String, CodingKey { case rows }

    /// Reads the record; the fields of ``conditions`` stand beside the others.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        rows = try container.decode([Row].self, forKey: .rows)
        conditions = try ConditionsRecord(from: decoder)
    }

    /// Writes the record; the fields of ``conditions`` stand beside the others.
    public func encode(to encoder: any Encoder) throws {
        try conditions.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(rows, forKey: .rows)
    }
}
