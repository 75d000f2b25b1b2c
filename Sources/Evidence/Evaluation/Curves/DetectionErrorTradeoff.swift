import Foundation

/// The points of a DET plot: FNMR against FMR, with intervals.
///
/// Martin et al., *The DET curve in assessment of detection task performance*, 1997; ISO/IEC 19795-1. Every point was
/// observed; none is interpolated. The points are chosen so that the false match rates are evenly spaced on a
/// logarithmic scale.
public struct DetectionErrorTradeoff: Codable, Hashable, Sendable {
    /// An observed operating point.
    public struct Point: Codable, Hashable, Sendable {
        /// The similarity from which comparisons match.
        public let threshold: Float
        /// The share of impostor comparisons that match.
        public let falseMatchRate: ObservedRate
        /// The share of mated comparisons that do not match.
        public let falseNonMatchRate: ObservedRate

        enum CodingKeys: String, CodingKey {
            case threshold
            case falseMatchRate = "fmr"
            case falseNonMatchRate = "fnmr"
        }
    }

    /// The points, by increasing false match rate.
    public let points: [Point]
    /// The coverage of the intervals.
    ///
    /// Each holds for its point alone, at a fixed threshold.
    public let level: Double

    /// Chooses the points of a curve.
    ///
    /// - Parameters:
    ///   - curve: The curve.
    ///   - count: The maximum number of points, 3 or more.
    ///   - level: The coverage of the intervals.
    /// - Throws: ``EvaluationError/invalidRate(_:)`` if the level is not between 0 and 1.
    public init(
        _ curve: OperatingCurve, atMost count: Int = 200, level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) {
        precondition(count > 2, "at least three points are needed")
        guard level > 0, level < 1 else { throw .invalidRate(level) }
        var points: [Point] = []
        for point in Self.picked(curve.corners, count: count, impostorPairs: curve.impostorPairs) {
            points.append(
                Point(
                    threshold: point.threshold,
                    falseMatchRate: try ObservedRate(point.falseMatches, of: curve.impostorPairs, level: level),
                    falseNonMatchRate: try ObservedRate(
                        curve.matedPairs - point.matches, of: curve.matedPairs, level: level)))
        }
        self.points = points
        self.level = level
    }

    /// Returns the last corner at or below each of `count` false match rates: 0, and from that of one false match to 1.
    private static func picked(
        _ corners: [OperatingCurve.Point], count: Int, impostorPairs: Int
    ) -> [OperatingCurve.Point] {
        guard corners.count > count else { return corners }
        var picked: [OperatingCurve.Point] = [], index = 0
        for step in 0..<count {
            // No false match, then n^((step − 1) / (count − 2)) of them: 1 to all.
            let most = step == 0 ? 0 : pow(Double(impostorPairs), Double(step - 1) / Double(count - 2))
            while index + 1 < corners.count, Double(corners[index + 1].falseMatches) <= most * (1 + 1e-12) {
                index += 1
            }
            if picked.last != corners[index] { picked.append(corners[index]) }
        }
        return picked
    }
}

extension OperatingCurve {
    /// The corners of the curve. All other points are on straight lines between them.
    ///
    /// Of the points with equally many false matches, the corner is the one with the most matches; of those with
    /// equally many matches, the one with the fewest false matches.
    var corners: [Point] {
        var corners: [Point] = []
        for point in points {
            if let last = corners.last {
                if last.falseMatches == point.falseMatches {
                    corners[corners.count - 1] = point
                    continue
                }
                if last.matches == point.matches { continue }
            }
            corners.append(point)
        }
        return corners
    }
}
