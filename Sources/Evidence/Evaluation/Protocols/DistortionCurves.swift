/// What becomes of verification while pictures get worse: errors by strength of noise, blur and the like, at the one
/// threshold that the pictures as they are have at a false match rate.
///
/// A system in use has one threshold, and does not know how bad a picture is. So the threshold is fixed on the unaltered
/// pairs and left there: that fewer pairs match is seen in the false non-match rate, that strangers grow alike in the false
/// match rate. A picture in which no face is found any more never matches.
public struct DistortionCurves: Codable, Hashable, Sendable {
    /// The errors of all pairs at one strength.
    public struct Point: Codable, Hashable, Sendable {
        /// How strongly the second pictures are altered, in the curve's unit; `nil` for the pictures as they are.
        public let strength: Double?
        /// The pairs that are decided rightly.
        public let accuracy: ObservedRate
        /// Impostor pairs that match.
        public let falseMatchRate: ObservedRate
        /// Mated pairs that do not match; those with a picture without a face are among them.
        public let falseNonMatchRate: ObservedRate
        /// Mated pairs with a picture without a face.
        public let failedMatedPairs: Int
        /// Impostor pairs with one: they are right.
        public let failedImpostorPairs: Int
        /// The area under the ROC curve of these pairs, whatever the threshold.
        public let areaUnderCurve: Double

        enum CodingKeys: String, CodingKey {
            case strength, accuracy, failedMatedPairs, failedImpostorPairs
            case falseMatchRate = "fmr"
            case falseNonMatchRate = "fnmr"
            case areaUnderCurve = "auc"
        }

        /// The share of mated pairs that have a picture without a face, 0...1.
        public var failedMatedShare: Double { Double(failedMatedPairs) / Double(falseNonMatchRate.total) }
    }

    /// One kind of alteration.
    public struct Curve: Codable, Hashable, Sendable {
        /// What it is called: `noise`.
        public let kind: String
        /// What its strengths count.
        public let unit: String
        /// The strength that leaves pictures as they are; `nil` if there is none.
        public let neutralStrength: Double?
        /// By strength, in the order in which they were measured.
        public fileprivate(set) var points: [Point]
    }

    /// The false match rate at which the threshold was fixed.
    public let statedRate: Double
    /// The threshold of all points.
    public let threshold: Float
    /// The coverage of the intervals.
    public let level: Double
    /// The pictures as they are.
    public let unaltered: Point
    /// By kind, in the order in which they were measured.
    public private(set) var curves: [Curve] = []

    enum CodingKeys: String, CodingKey {
        case statedRate = "statedFMR"
        case threshold, level, unaltered, curves
    }

    /// Fixes the threshold; the curves are still to be added.
    ///
    /// - Parameters:
    ///   - unaltered: The pairs as they are.
    ///   - rate: The false match rate that the threshold is to have on them.
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

    /// Adds what was measured at one strength.
    ///
    /// - Parameters:
    ///   - altered: The same pairs with altered second pictures.
    ///   - kind: What was done; strengths of one kind make a curve.
    ///   - unit: What its strengths count.
    ///   - neutralStrength: The strength that leaves pictures as they are.
    ///   - strength: How strongly it was done.
    /// - Throws: ``EvaluationError``, also if the pairs are others than the unaltered ones.
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
    /// A heading and a row for each point, the unaltered pictures first: for spreadsheets.
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
        // Strengths are single-precision numbers: 0.3 is to be written so.
        let strength = point.strength.map { "\(Float($0))" } ?? ""
        return [kind, strength] + [miss.value, miss.low, miss.high, match.value, match.low, match.high].map { "\($0)" }
            + ["\(point.accuracy.value)", "\(point.areaUnderCurve)"]
            + ["\(point.failedMatedPairs)", "\(point.failedImpostorPairs)"]
    }
}
