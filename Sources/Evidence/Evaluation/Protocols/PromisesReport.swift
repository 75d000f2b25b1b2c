public import Faces

/// A test of a model's card on all comparisons of pictures of people other than those on whom it was measured.
///
/// For each variant of the pictures, it reports the observed false match rate at each stated one, with a single
/// threshold and with those by condition. It also reports the share of mated comparisons missed at *equal* false match
/// rates, because a rule with more false matches misses fewer comparisons for that reason alone.
public struct PromisesReport: Codable, Hashable, Sendable {
    /// A picture of a person in one variant.
    public struct Picture: Sendable {
        /// The number of the person.
        public let person: Int
        /// The number of the photograph, or of the photograph from which the variant was made.
        public let source: Int
        /// The face; `nil` if none was found.
        ///
        /// Comparisons with it never match.
        public let face: EmbeddedFace?

        /// Creates a picture from its parts.
        public init(person: Int, source: Int, face: EmbeddedFace?) {
            (self.person, self.source, self.face) = (person, source, face)
        }
    }

    /// A set of comparisons: every picture of one list with every one of another, or every two of one list.
    public struct Comparisons: Sendable {
        /// The name of the set.
        public let name: String
        let first: [Picture]
        let second: [Picture]?
        let isIncluded: @Sendable (ContextVector, ContextVector) -> Bool

        /// Creates a set of comparisons.
        ///
        /// - Parameters:
        ///   - name: The name of the set.
        ///   - first: The first pictures.
        ///   - second: The second pictures; `nil` for every two of the first ones.
        ///   - isIncluded: Returns whether a comparison of two faces counts.
        public init(
            _ name: String, _ first: [Picture], _ second: [Picture]? = nil,
            where isIncluded: @escaping @Sendable (ContextVector, ContextVector) -> Bool = { _, _ in true }
        ) {
            (self.name, self.first, self.second, self.isIncluded) = (name, first, second, isIncluded)
        }
    }

    /// The difference of two shares of the same comparisons, with its interval.
    public struct Difference: Codable, Hashable, Sendable {
        /// The share with thresholds by condition minus the share with a single threshold; below 0 if the thresholds by
        /// condition are better.
        public let value: Double
        /// The lower end of the 95 % interval, which assumes that people, not comparisons, are independent.
        public let low: Double
        /// The upper end of the interval.
        public let high: Double
    }

    /// The observed errors at one stated rate.
    public struct Rate: Codable, Hashable, Sendable {
        /// The stated false match rate.
        public let statedRate: Double
        /// The expected number of false matches.
        public let expected: Double
        /// The observed rate with the single threshold.
        public let one: Double
        /// The observed rate with the thresholds by condition.
        public let byCondition: Double
        /// The ratio of the observed to the stated rate, with the single threshold.
        public let oneRatio: Double
        /// The ratio of the observed to the stated rate, with the thresholds by condition.
        public let ratio: Double
        /// The share of mated comparisons missed with the card's single threshold; `nil` if there are none, as in all
        /// fields below.
        public let oneMissed: Double?
        /// The share of mated comparisons missed with the thresholds by condition.
        public let missed: Double?
        /// The share of mated comparisons missed by the single threshold that has the same false match rate as those by
        /// condition.
        public let equalMissed: Double?
        /// ``missed`` minus ``equalMissed``.
        public let difference: Difference?
    }

    /// The results of one set of comparisons.
    public struct Row: Codable, Hashable, Sendable {
        /// The name of the set.
        public let name: String
        /// The number of impostor comparisons.
        public let impostors: Int
        /// The number of mated comparisons, including those without a face.
        public let mated: Int
        /// The number of mated comparisons with a picture in which no face was found.
        public let withoutFace: Int
        /// The results, by decreasing rate.
        public let rates: [Rate]
        /// The expected calibration error of the card's probabilities at even odds (15 bins); `nil` without probabilities.
        public let calibrationError: Double?
    }

    /// The rows, followed by a row for all sets with mated comparisons together, equally weighted.
    public let rows: [Row]

    /// The name of the last row.
    public static let overall = "overall"

    /// Tests a card.
    ///
    /// - Parameters:
    ///   - card: The card of the model that embedded the faces.
    ///   - comparisons: The sets of comparisons, one for each row.
    ///   - rates: The stated false match rates, in decreasing order; those that the card does not support are left out.
    ///   - probabilities: The maximum number of comparisons of each kind for testing the probabilities.
    ///   - seed: The seed of the random numbers.
    /// - Throws: ``EvaluationError``; errors of the card's probabilities.
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

// Values that were not measured are written as null, because every field must be present for a published table.
extension PromisesReport.Rate {
    private enum CodingKeys: String, CodingKey {
        case statedRate, expected, one, byCondition, oneRatio, ratio, oneMissed, missed, equalMissed, difference
    }

    /// Encodes all fields.
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

    /// Encodes all fields.
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
