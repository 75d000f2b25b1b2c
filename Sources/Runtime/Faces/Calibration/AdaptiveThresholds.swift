import Foundation

/// The similarity from which two faces match at a stated false match rate, by the conditions of the two faces: for each
/// of a few conditions what strangers' similarities were measured to be, and nothing between or beyond.
///
/// A cell holds one ``PairTrait`` within a range of strengths. Two plain faces have none, and the card's one threshold.
/// Several traits at once take the strictest of their thresholds, and never less than the one threshold. For rates lower
/// than its people support, a cell stays as far above the one threshold as it is at the lowest rate that they do, and
/// never below it; ``Choice/remark`` says so. So a stricter rate never has a lower threshold. `Evaluation` fits it.
public struct AdaptiveThresholds: Codable, Hashable, Sendable {
    /// The threshold at one false match rate.
    public struct Point: Codable, Hashable, Sendable {
        /// Share of impostor comparisons at or above the threshold.
        public var falseMatchRate: Double
        /// The cosine similarity from which a comparison is a match.
        public var threshold: Float

        /// Creates a point from its parts.
        public init(falseMatchRate: Double, threshold: Float) {
            (self.falseMatchRate, self.threshold) = (falseMatchRate, threshold)
        }
    }

    /// What was measured of one trait.
    public struct Cell: Codable, Hashable, Sendable {
        /// Which.
        public var kind: PairTrait.Kind
        /// Whether both faces have it.
        public var isShared: Bool
        /// The least strength, as a number, in ``PairTrait/Kind/unit``.
        public var low: Double
        /// The strength that is no longer among them; the last range includes it.
        public var high: Double
        /// How many impostor comparisons it rests on.
        public var impostorPairs: Int
        /// How many pairs of two people.
        public var peoplePairs: Int
        /// The lowest false match rate that its people support; `nil` if that is the last of ``points``.
        public var lowestMeasuredRate: Double?
        /// By falling false match rate, thresholds rising.
        public var points: [Point]

        /// Creates a cell from its parts.
        public init(
            kind: PairTrait.Kind, isShared: Bool, low: Double, high: Double, impostorPairs: Int, peoplePairs: Int,
            lowestMeasuredRate: Double? = nil, points: [Point]
        ) {
            (self.kind, self.isShared, self.low, self.high) = (kind, isShared, low, high)
            (self.impostorPairs, self.peoplePairs, self.points) = (impostorPairs, peoplePairs, points)
            self.lowestMeasuredRate = lowestMeasuredRate
        }

        /// The trait in one word.
        public var name: String { PairTrait(kind, isShared: isShared, strength: low).name }
    }

    /// A threshold, and what it holds for.
    public struct Choice: Codable, Hashable, Sendable {
        /// The similarity from which the faces match.
        public let threshold: Float
        /// The traits in one word: `masked+bothSmall`; `plain` without any.
        public let condition: String
        /// What the card can't say of these conditions; `nil` if all of it was measured.
        public let remark: String?
    }

    /// The version of ``ContextVector`` that it was fitted with.
    public var contextVersion: Int
    /// The cells that were measured, in no order.
    public var cells: [Cell]
    /// How many people the comparisons are of.
    public var people: Int
    /// The pictures, in words.
    public var data: String

    /// Thresholds from their parts.
    public init(contextVersion: Int = ContextVector.version, cells: [Cell], people: Int, data: String) {
        (self.contextVersion, self.cells, self.people, self.data) = (contextVersion, cells, people, data)
    }

    private enum CodingKeys: String, CodingKey { case contextVersion, cells, people, data }

    /// Reads thresholds. Those of an older kind have no cells: one threshold then stands, and decisions say so.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        contextVersion = try container.decode(Int.self, forKey: .contextVersion)
        cells = try container.decodeIfPresent([Cell].self, forKey: .cells) ?? []
        people = try container.decodeIfPresent(Int.self, forKey: .people) ?? 0
        data = try container.decodeIfPresent(String.self, forKey: .data) ?? ""
        for cell in cells {
            let rates = cell.points.map(\.falseMatchRate), thresholds = cell.points.map(\.threshold)
            guard cell.low <= cell.high, cell.lowestMeasuredRate.map({ $0 > 0 && $0 < 1 }) ?? true,
                rates.allSatisfy({ $0 > 0 && $0 < 1 }),
                thresholds.allSatisfy({ abs($0) <= 1 }),
                zip(rates, rates.dropFirst()).allSatisfy(>), zip(thresholds, thresholds.dropFirst()).allSatisfy(<=)
            else {
                throw DecodingError.dataCorruptedError(
                    forKey: .cells, in: container,
                    debugDescription:
                        "\(cell.name): false match rates fall between 1 and 0, and thresholds rise within -1...1")
            }
        }
    }

    /// What is said of two children: only strangers can be had to calibrate on.
    public static let childrenRemark =
        "both may be children: how often two pictures of one child are missed was not measured"

    /// Returns the threshold at `rate` under `conditions`.
    ///
    /// - Parameters:
    ///   - rate: A false match rate that the card supports.
    ///   - conditions: How the faces were seen.
    ///   - one: The card's one threshold for the rate.
    public func choice(falseMatchRate rate: Double, conditions: PairConditions, one: Float) -> Choice {
        choice(falseMatchRate: rate, traits: conditions.traits, one: one)
    }

    /// Returns the threshold at `rate` of two faces with `traits`.
    func choice(falseMatchRate rate: Double, traits: [PairTrait], one: Float) -> Choice {
        guard contextVersion == ContextVector.version else {
            return Choice(
                threshold: one, condition: Self.name(traits),
                remark: "the thresholds by condition were made for other conditions: one threshold was used")
        }
        var thresholds: [Float] = [], remarks: [String] = []
        for trait in traits {
            if trait.kind == .child { remarks.append(Self.childrenRemark) }
            let found = threshold(rate, trait, one: one)
            thresholds.append(found.threshold)
            if let remark = found.remark { remarks.append(remark) }
        }
        // One trait may lower the threshold, since strangers were measured under it alone; several at once were not.
        let strictest = thresholds.max() ?? one
        return Choice(
            threshold: thresholds.count > 1 ? max(strictest, one) : strictest, condition: Self.name(traits),
            remark: remarks.isEmpty ? nil : remarks.joined(separator: "; "))
    }

    private static func name(_ traits: [PairTrait]) -> String {
        traits.isEmpty ? PairConditions.plain : traits.map(\.name).joined(separator: "+")
    }

    private func threshold(_ rate: Double, _ trait: PairTrait, one: Float) -> (threshold: Float, remark: String?) {
        let own = cells.filter { $0.kind == trait.kind && $0.isShared == trait.isShared && !$0.points.isEmpty }
        // Beyond what was measured the nearest cell may only make the threshold stricter.
        guard let nearest = own.min(by: { $0.distance(to: trait.strength) < $1.distance(to: trait.strength) }) else {
            return (one, "no threshold was measured for \(trait.words): one threshold was used")
        }
        let found = nearest.threshold(falseMatchRate: rate)
        if let first = nearest.points.first, rate > first.falseMatchRate {
            let most = String(format: "%.1g", first.falseMatchRate)
            return (min(first.threshold, one), "for \(trait.words), false match rates above \(most) were not measured")
        }
        guard nearest.distance(to: trait.strength) == 0 else {
            return (max(found.threshold, one), "\(trait.words), beyond what was measured")
        }
        guard found.isMeasured else {
            let lowest = String(format: "%.1g", nearest.lowestRate)
            return (
                max(found.threshold, one), "for \(trait.words), false match rates below \(lowest) were not measured"
            )
        }
        return (found.threshold, nil)
    }
}

extension AdaptiveThresholds.Cell {
    /// The lowest rate that was measured.
    public var lowestRate: Double { lowestMeasuredRate ?? points.last?.falseMatchRate ?? 1 }

    /// Returns how far a strength lies outside; 0 within.
    func distance(to strength: Double) -> Double {
        if strength < low { return low - strength }
        let isLast = kind.edges.last == high
        return strength < high || (isLast && strength == high) ? 0 : max(strength - high, .leastNonzeroMagnitude)
    }

    /// Returns the threshold for a rate, between two points by the logarithm of the rate; beyond the points the nearest
    /// point's.
    public func threshold(falseMatchRate rate: Double) -> (threshold: Float, isMeasured: Bool) {
        guard let first = points.first, let last = points.last else { return (-1, false) }
        if rate >= first.falseMatchRate { return (first.threshold, true) }
        if rate < last.falseMatchRate { return (last.threshold, false) }
        for (upper, lower) in zip(points, points.dropFirst()) where lower.falseMatchRate <= rate {
            let span = log(upper.falseMatchRate) - log(lower.falseMatchRate)
            let along = span > 0 ? Float((log(upper.falseMatchRate) - log(rate)) / span) : 1
            return (upper.threshold + along * (lower.threshold - upper.threshold), rate >= lowestRate)
        }
        return (last.threshold, true)
    }
}
