import Foundation
import LikenessSupport

/// Match thresholds for a false match rate that depend on the conditions of the two faces.
///
/// Each cell holds the measured similarities of impostors for one ``PairTrait`` within a range of strengths; nothing is
/// interpolated between cells. Two plain faces have no trait and take the card's single threshold. If several traits
/// apply, the strictest of their thresholds holds, and at least the single threshold.
///
/// For rates below the lowest rate that the cell's number of people supports, the distance of the cell's threshold
/// above the single threshold is that at the lowest rate, but never negative, and ``Choice/remark`` reports it. A
/// stricter rate therefore never has a lower threshold. `Evaluation` fits the thresholds.
///
/// ```swift
/// let single = try card.threshold(falseMatchRate: 1e-3)
/// let conditions = PairConditions(a, b)
/// if let choice = card.adaptiveThresholds?.choice(falseMatchRate: 1e-3, conditions: conditions, one: single) {
///     print(choice.condition, choice.threshold, choice.remark ?? "")   // such as "masked 0.41"
/// }
/// ```
public struct AdaptiveThresholds: Codable, Hashable, Sendable {
    /// The threshold at one false match rate.
    public struct Point: Codable, Hashable, Sendable {
        /// The share of impostor comparisons at or above the threshold.
        public var falseMatchRate: Double
        /// The cosine similarity from which a comparison is a match.
        public var threshold: Float

        /// Creates a point from its parts.
        public init(falseMatchRate: Double, threshold: Float) {
            (self.falseMatchRate, self.threshold) = (falseMatchRate, threshold)
        }
    }

    /// The thresholds measured for one trait within a range of strengths.
    public struct Cell: Codable, Hashable, Sendable {
        /// The kind of trait.
        public var kind: PairTrait.Kind
        /// Whether both faces have the trait.
        public var isShared: Bool
        /// The lower end of the range of strengths, in ``PairTrait/Kind/unit``; included.
        public var low: Double
        /// The upper end of the range of strengths.
        ///
        /// Only the last range includes it.
        public var high: Double
        /// The number of impostor comparisons.
        public var impostorPairs: Int
        /// The number of pairs of two different people.
        public var peoplePairs: Int
        /// The lowest false match rate that the number of people supports; `nil` if it is the rate of the last element
        /// of ``points``.
        public var lowestMeasuredRate: Double?
        /// The points by decreasing false match rate and increasing threshold.
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

        /// The name of the trait.
        public var name: String { PairTrait(kind, isShared: isShared, strength: low).name }
    }

    /// A threshold and the conditions that it holds for.
    public struct Choice: Codable, Hashable, Sendable {
        /// The similarity from which the faces match.
        public let threshold: Float
        /// The names of the traits, such as `masked+bothSmall`; `plain` without any.
        public let condition: String
        /// A sentence that says what was not measured for these conditions; `nil` if everything was measured.
        public let remark: String?
    }

    /// The version of ``ContextVector`` that the thresholds were fitted with.
    public var contextVersion: Int
    /// The measured cells, in no particular order.
    public var cells: [Cell]
    /// The number of people in the comparisons.
    public var people: Int
    /// A description of the pictures.
    public var data: String

    /// Creates thresholds from their parts.
    public init(contextVersion: Int = ContextVector.version, cells: [Cell], people: Int, data: String) {
        (self.contextVersion, self.cells, self.people, self.data) = (contextVersion, cells, people, data)
    }

    private enum CodingKeys: String, CodingKey { case contextVersion, cells, people, data }

    /// Creates thresholds from a card.
    ///
    /// Thresholds in an older format have no cells. In that case one threshold holds for all conditions, and decisions
    /// report it.
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
                        "\(cell.name): rates must fall between 1 and 0, and thresholds must rise within -1...1")
            }
        }
    }

    /// The remark for two children.
    ///
    /// Only impostor pairs are available for this calibration.
    public static let childrenRemark =
        "both may be children: how often two pictures of one child are missed was not measured"

    /// Returns the threshold at `rate` for two faces under `conditions`.
    ///
    /// - Parameters:
    ///   - rate: A false match rate that the card supports.
    ///   - conditions: The conditions of the two faces.
    ///   - one: The card's single threshold at the rate.
    public func choice(falseMatchRate rate: Double, conditions: PairConditions, one: Float) -> Choice {
        choice(falseMatchRate: rate, traits: conditions.traits, one: one)
    }

    /// Returns the threshold at `rate` for two faces with `traits`.
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
        // A single trait may lower the threshold, because impostors were measured under it alone. Combinations were not
        // measured.
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
        // Outside the measured ranges, the nearest cell may only raise the threshold.
        guard let nearest = own.min(by: { $0.distance(to: trait.strength) < $1.distance(to: trait.strength) }) else {
            return (one, "no threshold was measured for \(trait.words): one threshold was used")
        }
        let found = nearest.threshold(falseMatchRate: rate)
        if let first = nearest.points.first, rate > first.falseMatchRate {
            let most = significant(first.falseMatchRate, 1)
            return (min(first.threshold, one), "for \(trait.words), false match rates above \(most) were not measured")
        }
        guard nearest.distance(to: trait.strength) == 0 else {
            return (max(found.threshold, one), "\(trait.words), beyond what was measured")
        }
        guard found.isMeasured else {
            let lowest = significant(nearest.lowestRate, 1)
            return (
                max(found.threshold, one), "for \(trait.words), false match rates below \(lowest) were not measured"
            )
        }
        return (found.threshold, nil)
    }
}

extension AdaptiveThresholds.Cell {
    /// The lowest measured rate.
    public var lowestRate: Double { lowestMeasuredRate ?? points.last?.falseMatchRate ?? 1 }

    /// Returns the distance of a strength from the cell's range; 0 inside it.
    func distance(to strength: Double) -> Double {
        if strength < low { return low - strength }
        let isLast = kind.edges.last == high
        return strength < high || (isLast && strength == high) ? 0 : max(strength - high, .leastNonzeroMagnitude)
    }

    /// Returns the threshold at a rate, interpolated between two points by the logarithm of the rate.
    ///
    /// Beyond the points, the nearest point's threshold holds.
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
