public import Faces

/// What a model's card promises, held against every comparison of pictures of people whom it was not made from.
///
/// For each way of showing the pictures: the false match rate that is observed where one is stated, with the one threshold
/// and with those by condition, and how many mated comparisons are missed at *equal* false matches: a rule that lets more
/// strangers through would miss fewer for that reason alone.
public struct PromisesReport: Codable, Hashable, Sendable {
    /// A picture of somebody, shown in one way.
    public struct Picture: Sendable {
        /// Whose.
        public let person: Int
        /// The photograph that it is, or was made from.
        public let source: Int
        /// Its face; `nil` if none was found: no comparison with it matches.
        public let face: EmbeddedFace?

        /// Creates a picture from its parts.
        public init(person: Int, source: Int, face: EmbeddedFace?) {
            (self.person, self.source, self.face) = (person, source, face)
        }
    }

    /// Comparisons: every picture of one list with every one of another, or every two of one list.
    public struct Comparisons: Sendable {
        /// What they are called.
        public let name: String
        let first: [Picture]
        let second: [Picture]?
        let isIncluded: @Sendable (ContextVector, ContextVector) -> Bool

        /// - Parameters:
        ///   - name: What they are called.
        ///   - first: The first pictures.
        ///   - second: The second pictures; `nil` for the first ones again, every two of them.
        ///   - isIncluded: Which comparisons of two faces count.
        public init(
            _ name: String, _ first: [Picture], _ second: [Picture]? = nil,
            where isIncluded: @escaping @Sendable (ContextVector, ContextVector) -> Bool = { _, _ in true }
        ) {
            (self.name, self.first, self.second, self.isIncluded) = (name, first, second, isIncluded)
        }
    }

    /// A difference of two shares of the same comparisons, with its interval.
    public struct Difference: Codable, Hashable, Sendable {
        /// The one by condition less the one with one threshold: below 0 if the conditions help.
        public let value: Double
        /// Lower end of the 95 % interval; the people are taken for independent, not the comparisons.
        public let low: Double
        /// Upper end.
        public let high: Double
    }

    /// What is observed at one stated rate.
    public struct Rate: Codable, Hashable, Sendable {
        /// The stated false match rate.
        public let statedRate: Double
        /// How many false matches are expected.
        public let expected: Double
        /// Observed with the one threshold.
        public let one: Double
        /// Observed with the thresholds by condition.
        public let byCondition: Double
        /// Observed by stated, with the one threshold.
        public let oneRatio: Double
        /// Observed by stated, by condition.
        public let ratio: Double
        /// Mated comparisons missed, with the one threshold of the card; `nil`, as all below, where there are none.
        public let oneMissed: Double?
        /// Mated comparisons missed, by condition.
        public let missed: Double?
        /// Mated comparisons missed by the one threshold that lets as many false matches through as those by condition.
        public let equalMissed: Double?
        /// ``missed`` less ``equalMissed``.
        public let difference: Difference?
    }

    /// What is observed of some comparisons.
    public struct Row: Codable, Hashable, Sendable {
        /// What they are called.
        public let name: String
        /// Comparisons of two people.
        public let impostors: Int
        /// Comparisons of one person, those without a face among them.
        public let mated: Int
        /// Those of one person in which a face was not found.
        public let withoutFace: Int
        /// By falling rate.
        public let rates: [Rate]
        /// The expected calibration error of the card's probabilities at even odds (15 bins); `nil` without probabilities.
        public let calibrationError: Double?
    }

    /// The rows, and last all of them that have mated comparisons together, each counting the same.
    public let rows: [Row]

    /// The name of the last row.
    public static let overall = "overall"

    /// - Parameters:
    ///   - card: The card of the model that embedded the faces.
    ///   - comparisons: What is compared, row by row.
    ///   - rates: The stated false match rates, falling; those that the card does not support are left out.
    ///   - probabilities: How many comparisons of each kind the probabilities are tested on at most.
    /// - Throws: ``EvaluationError``, and what the card throws if its probabilities can't be told.
    public init(
        _ card: ModelCard, on comparisons: [Comparisons], rates: [Double] = [1e-2, 1e-3], probabilities: Int = 20_000,
        seed: UInt64 = 1
    ) throws {
        let rule = try PromisedRule(card, rates: rates)
        var rows: [Row] = [], parts: [PromisesTally] = []
        for entry in comparisons {
            let tally = try PromisesTally(entry, rule, probabilities: probabilities, seed: seed)
            guard tally.impostors > 0 else { throw EvaluationError.noImpostorPairs }
            rows.append(try Row(entry.name, [tally], rule))
            if !tally.mated.isEmpty { parts.append(tally) }
        }
        guard !parts.isEmpty else { throw EvaluationError.noMatedPairs }
        rows.append(try Row(Self.overall, parts, rule))
        self.rows = rows
    }
}

// What is not measured is null and not absent: a published table names every number.
extension PromisesReport.Rate {
    private enum CodingKeys: String, CodingKey {
        case statedRate, expected, one, byCondition, oneRatio, ratio, oneMissed, missed, equalMissed, difference
    }

    /// Writes all fields.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(statedRate, forKey: .statedRate)
        try container.encode(expected, forKey: .expected)
        try container.encode(one, forKey: .one)
        try container.encode(byCondition, forKey: .byCondition)
        try container.encode(oneRatio, forKey: .oneRatio)
        try container.encode(ratio, forKey: .ratio)
        try container.encode(oneMissed, forKey: .oneMissed)
        try container.encode(missed, forKey: .missed)
        try container.encode(equalMissed, forKey: .equalMissed)
        try container.encode(difference, forKey: .difference)
    }
}

extension PromisesReport.Row {
    private enum CodingKeys: String, CodingKey { case name, impostors, mated, withoutFace, rates, calibrationError }

    /// Writes all fields.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(impostors, forKey: .impostors)
        try container.encode(mated, forKey: .mated)
        try container.encode(withoutFace, forKey: .withoutFace)
        try container.encode(rates, forKey: .rates)
        try container.encode(calibrationError, forKey: .calibrationError)
    }
}
