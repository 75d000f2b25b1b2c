/// Verification errors on increasingly distorted pictures, at the threshold that gives a certain false match rate on
/// unaltered pictures.
///
/// A system in use has one threshold and does not know the quality of a picture. The threshold is therefore chosen on
/// the unaltered pairs and stays fixed. The false non-match rate then shows how many mated pairs are lost, and the
/// false match rate whether impostors become more similar. A picture in which no face is found never matches.
public struct DistortionCurves: Codable, Hashable, Sendable {
    /// The errors of all pairs at one strength.
    public struct Point: Codable, Hashable, Sendable {
        /// The strength of the alteration of the second pictures, in the curve's unit; `nil` for unaltered pictures.
        public let strength: Double?
        /// The share of pairs with a correct decision.
        public let accuracy: ObservedRate
        /// The share of impostor pairs that match.
        public let falseMatchRate: ObservedRate
        /// The share of mated pairs that do not match, including those with a picture without a face.
        public let falseNonMatchRate: ObservedRate
        /// The number of mated pairs with a picture without a face.
        public let failedMatedPairs: Int
        /// The number of impostor pairs with a picture without a face; their decision is correct.
        public let failedImpostorPairs: Int
        /// The area under the ROC curve of these pairs, independent of the threshold.
        public let areaUnderCurve: Double

        enum CodingKeys: String, CodingKey {
            case strength, accuracy, failedMatedPairs, failedImpostorPairs
            case falseMatchRate = "fmr"
            case falseNonMatchRate = "fnmr"
            case areaUnderCurve = "auc"
        }

        /// The share of mated pairs with a picture without a face, 0...1.
        public var failedMatedShare: Double { Double(failedMatedPairs) / Double(falseNonMatchRate.total) }
    }

    /// The curve of one kind of alteration.
    public struct Curve: Codable, Hashable, Sendable {
        /// The name of the alteration: `noise`.
        public let kind: String
        /// The unit of its strengths.
        public let unit: String
        /// The strength that leaves pictures unchanged; `nil` if there is none.
        public let neutralStrength: Double?
        /// The points, in the order in which they were measured.
        public fileprivate(set) var points: [Point]
    }

    /// The false match rate at which the threshold was fixed.
    public let statedRate: Double
    /// The threshold of all points.
    public let threshold: Float
    /// The coverage of the intervals.
    public let level: Double
    /// The errors on unaltered pictures.
    public let unaltered: Point
    /// The curves, in the order in which they were measured.
    public private(set) var curves: [Curve] = []

    enum CodingKeys: String, CodingKey {
        case statedRate = "statedFMR"
        case threshold, level, unaltered, curves
    }

    /// Fixes the threshold.
    ///
    /// Curves are added later.
    ///
    /// - Parameters:
    ///   - unaltered: The unaltered pairs.
    ///   - rate: The false match rate of the threshold on them.
    ///   - level: The coverage of the intervals.
    /// - Throws: ``EvaluationError``, also if ``RuleOfThree`` refuses the rate.
    public init(
        unaltered: [Comparison], falseMatchRate rate: Double, level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) {
        let threshold = try OperatingCurve(unaltered).threshold(falseMatchRate: rate)
        statedRate = rate
        self.threshold = threshold
        self.level = level
        self.unaltered = try Point(unaltered, strength: nil, threshold: threshold, level: level)
    }

    /// Adds the result at one strength.
    ///
    /// - Parameters:
    ///   - altered: The same pairs with altered second pictures.
    ///   - kind: The kind of alteration; strengths of one kind form a curve.
    ///   - unit: The unit of its strengths.
    ///   - neutralStrength: The strength that leaves pictures unchanged.
    ///   - strength: The strength.
    /// - Throws: ``EvaluationError``, also if the pairs differ from the unaltered ones.
    public mutating func add(
        _ altered: [Comparison], kind: String, unit: String, neutralStrength: Double?, strength: Double
    ) throws(EvaluationError) {
        let pairs = unaltered.accuracy.total
        guard altered.count == pairs else { throw .differentPairs(comparison: min(altered.count, pairs)) }
        let point = try Point(altered, strength: strength, threshold: threshold, level: level)
        if let place = curves.firstIndex(where: { $0.kind == kind }) {
            curves[place].points.append(point)
        } else {
            curves.append(Curve(kind: kind, unit: unit, neutralStrength: neutralStrength, points: [point]))
        }
    }
}

extension DistortionCurves.Point {
    fileprivate init(
        _ comparisons: [Comparison], strength: Double?, threshold: Float, level: Double
    ) throws(EvaluationError) {
        let curve = try OperatingCurve(comparisons), counts = BinaryCounts(comparisons, threshold: threshold)
        self.strength = strength
        accuracy = try ObservedRate(counts.truePositives + counts.trueNegatives, of: counts.total, level: level)
        falseMatchRate = try ObservedRate(counts.falsePositives, of: curve.impostorPairs, level: level)
        falseNonMatchRate = try ObservedRate(counts.falseNegatives, of: curve.matedPairs, level: level)
        failedMatedPairs = curve.failedMatedPairs
        failedImpostorPairs = curve.failedImpostorPairs
        areaUnderCurve = curve.areaUnderCurve
    }
}

extension DistortionCurves {
    /// The points as table rows with a heading, unaltered pictures first, for spreadsheets.
    public var rows: [[String]] {
        [
            [
                "kind", "strength", "fnmr", "fnmrLow", "fnmrHigh", "fmr", "fmrLow", "fmrHigh", "accuracy", "auc",
                "failedMatedPairs", "failedImpostorPairs",
            ]
        ] + [Self.row("unaltered", unaltered)]
            + curves.flatMap { curve in curve.points.map { Self.row(curve.kind, $0) } }
    }

    private static func row(_ kind: String, _ point: Point) -> [String] {
        let (miss, match) = (point.falseNonMatchRate, point.falseMatchRate)
        // Strengths are single-precision numbers, so that 0.3 is written as 0.3.
        let strength = point.strength.map { "\(Float($0))" } ?? ""
        return [kind, strength] + [miss.value, miss.low, miss.high, match.value, match.low, match.high].map { "\($0)" }
            + ["\(point.accuracy.value)", "\(point.areaUnderCurve)"]
            + ["\(point.failedMatedPairs)", "\(point.failedImpostorPairs)"]
    }
}
