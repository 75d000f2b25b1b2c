public import Evaluation
public import Explanations
import Faces

/// A test of whether maps are faithful, over many faces.
public struct TruthReport: Codable, Hashable, Sendable {
    /// The losses of the map compared with those of one control.
    public struct Difference: Codable, Hashable, Sendable {
        /// The control.
        public let control: TruthControl
        /// The mean loss of similarity if the control's part is hidden.
        public let loss: Double
        /// The mean of the map's loss minus the control's, over faces.
        public let difference: Double
        /// The interval of ``difference`` by resampling people.
        public let interval: SubjectBootstrap.Interval
        /// The share of faces for which hiding the map's part loses more than hiding the control's part.
        public let wins: Double
    }

    /// The results with one fill.
    public struct Hidden: Codable, Hashable, Sendable {
        /// The fill.
        public let fill: HidingFill
        /// The mean loss of similarity if the map's most important part is hidden.
        public let loss: Double
        /// The comparisons with the controls.
        public let controls: [Difference]
    }

    /// The areas under the curves of similarity against the hidden share of the face; smaller is more faithful.
    public struct Deletion: Codable, Hashable, Sendable {
        /// The fill.
        public let fill: HidingFill
        /// The area for hiding the most important cells first.
        public let map: Double
        /// The area for a random order.
        public let random: Double
        /// The interval of the random order's area minus the map's, over faces.
        public let interval: SubjectBootstrap.Interval
    }

    /// The number of faces.
    public let faces: Int
    /// The number of people.
    public let people: Int
    /// The mean similarity of the whole faces.
    public let similarity: Double
    /// The results with each fill.
    public let hidden: [Hidden]
    /// The results of hiding more and more of the face.
    public let deletion: Deletion
    /// The coverage of the intervals.
    public let level: Double

    /// Whether the maps are faithful: with every fill, the interval of the difference from each random control is above
    /// 0.
    public var holds: Bool {
        hidden.allSatisfy { fill in
            fill.controls.allSatisfy { $0.control == .otherFace || $0.interval.low > 0 }
        }
    }

    /// Summarizes trials.
    ///
    /// - Parameters:
    ///   - trials: The trials, at least one.
    ///   - rounds: The number of bootstrap rounds.
    ///   - seed: The seed of the bootstrap.
    ///   - level: The coverage of the intervals.
    /// - Throws: `EvaluationError` if there are no trials, or the level is not between 0 and 1.
    public init(
        _ trials: [TruthTrial], rounds: Int = 2000, seed: UInt64 = 1, level: Double = BinomialInterval.usualLevel
    ) throws {
        guard let first = trials.first else { throw EvaluationError.noMatedPairs }
        func interval(_ values: [Double], of trials: [TruthTrial]) throws -> SubjectBootstrap.Interval {
            var resampling = SubjectResampling(subjects: trials.map(\.person), seed: seed)
            let interval = try resampling.interval(rounds: rounds, level: level) { weights in
                let total = weights.reduce(0, +)
                return total == 0 ? nil : zip(values, weights).reduce(0) { $0 + $1.0 * Double($1.1) } / Double(total)
            }
            guard let interval else { throw EvaluationError.noMatedPairs }
            return interval
        }
        func difference(from control: TruthControl, with fill: HidingFill) throws -> Difference? {
            let having = trials.filter { $0.losses[fill]?.controls[control] != nil }
            guard !having.isEmpty else { return nil }
            let losses = having.map { Double($0.losses[fill]?.controls[control] ?? 0) }
            let differences = zip(having, losses).map { Double($0.losses[fill]?.map ?? 0) - $1 }
            return Difference(
                control: control, loss: Self.mean(losses), difference: Self.mean(differences),
                interval: try interval(differences, of: having),
                wins: Double(differences.count { $0 > 0 }) / Double(differences.count))
        }
        faces = trials.count
        people = Set(trials.map(\.person)).count
        similarity = Self.mean(trials.map { Double($0.similarity) })
        hidden = try HidingFill.allCases.map { fill in
            Hidden(
                fill: fill, loss: Self.mean(trials.compactMap { $0.losses[fill].map { Double($0.map) } }),
                controls: try TruthControl.allCases.compactMap { try difference(from: $0, with: fill) })
        }
        let areas = trials.map { (Self.area(under: $0.deletion.map), Self.area(under: $0.deletion.random)) }
        deletion = Deletion(
            fill: first.deletion.fill, map: Self.mean(areas.map(\.0)), random: Self.mean(areas.map(\.1)),
            interval: try interval(areas.map { $0.1 - $0.0 }, of: trials))
        self.level = level
    }

    private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

    /// Returns the area by the trapezoidal rule, over 0...1.
    private static func area(under curve: [Float]) -> Double {
        let steps = zip(curve, curve.dropFirst()).map { (Double($0) + Double($1)) / 2 }
        return mean(steps)
    }
}
