import Faces

/// A comparison of calibration methods on held-out people, over all comparisons and by condition.
public struct CalibrationComparison: Codable, Hashable, Sendable {
    /// The result of one method on some comparisons.
    public struct Result: Codable, Hashable, Sendable {
        /// The method.
        public let method: CalibrationMethod
        /// The quality of its probabilities, at a prior that equals the share of mated comparisons among those tested.
        public let quality: CalibrationQuality
        /// The cost of its likelihood ratios.
        public let cost: LikelihoodRatioCost
    }

    /// The comparisons under one condition.
    public struct Condition: Codable, Hashable, Sendable {
        /// The name of the condition: `all`, `plain`, or a label of ``/Faces/PairConditions``.
        public let name: String
        /// The results by method.
        public let results: [Result]
    }

    /// The name of the condition that includes all comparisons.
    public static let all = "all"

    /// The results by condition, all comparisons first.
    public let conditions: [Condition]

    /// Compares the methods.
    ///
    /// - Parameters:
    ///   - comparisons: Comparisons with the names of the people.
    ///   - methods: The methods to compare.
    ///   - folds: The number of parts into which the people are divided. Each part's comparisons get their
    ///     probabilities from maps that were fitted on the other parts.
    ///   - seed: The seed of the random numbers.
    ///   - bins: The number of bins.
    ///   - fewest: The minimum number of comparisons of a condition. Conditions with fewer, or without one of the kinds,
    ///     are left out.
    /// - Throws: ``EvaluationError``
    public init(
        _ comparisons: [ConditionedComparison], methods: [CalibrationMethod] = CalibrationMethod.allCases,
        folds: Int = 5, seed: UInt64 = 1, bins: Int = 15, fewest: Int = 100
    ) throws(EvaluationError) {
        let predictions = try Self.predictions(comparisons, methods: methods, folds: folds, seed: seed)
        let names = [Self.all, PairConditions.plain] + PairConditions.Label.allCases.map(\.rawValue)
        var conditions: [Condition] = []
        for name in names {
            let members = predictions.filter { name == Self.all || $0.labels.contains(name) }
            let mated = members.count(where: \.isMated)
            guard name == Self.all || (members.count >= fewest && (1..<members.count).contains(mated)) else { continue }
            var results: [Result] = []
            for (index, method) in methods.enumerated() {
                results.append(try Self.result(method, index, members, bins: bins))
            }
            conditions.append(Condition(name: name, results: results))
        }
        self.conditions = conditions
    }

    /// The methods' predictions for one held-out comparison.
    private struct Prediction {
        let isMated: Bool
        let labels: [String]
        /// The log-likelihood ratios by method.
        let logRatios: [Double]
    }

    private static func predictions(
        _ comparisons: [ConditionedComparison], methods: [CalibrationMethod], folds: Int, seed: UInt64
    ) throws(EvaluationError) -> [Prediction] {
        var people: Set<String> = []
        for entry in comparisons {
            guard let a = entry.comparison.personA, let b = entry.comparison.personB else { throw .noPeople }
            people.formUnion([a, b])
        }
        let names = people.sorted()
        var predictions: [Prediction] = []
        for split in try ResamplingProtocol.folds(folds).subjectDisjoint(labels: names, seed: seed) {
            let training = Set(split.training.map { names[$0] })
            var own: [ConditionedComparison] = [], others: [ConditionedComparison] = []
            for entry in comparisons {
                let sides = [entry.comparison.personA, entry.comparison.personB].count { person in
                    person.map(training.contains) ?? false
                }
                if sides == 2 { own.append(entry) } else if sides == 0 { others.append(entry) }
            }
            var maps: [ProbabilityCalibration] = []
            for method in methods { maps.append(try method.fit(own)) }
            for entry in others {
                if let prediction = try predict(entry, maps) { predictions.append(prediction) }
            }
        }
        return predictions
    }

    /// Returns the predictions for a comparison.
    ///
    /// - Returns: The predictions; `nil` if the comparison has no similarity.
    private static func predict(
        _ entry: ConditionedComparison, _ maps: [ProbabilityCalibration]
    ) throws(EvaluationError) -> Prediction? {
        guard let similarity = entry.comparison.similarity else { return nil }
        var ratios: [Double] = []
        for map in maps {
            guard let ratio = try? map.logLikelihoodRatio(similarity: similarity, conditions: entry.conditions) else {
                throw .calibrationFailed("a comparison lacks the faces' context vectors")
            }
            ratios.append(ratio)
        }
        let labels = entry.conditions?.labels.map(\.rawValue) ?? []
        return Prediction(
            isMated: entry.comparison.isMated,
            labels: labels.isEmpty && entry.conditions != nil ? [PairConditions.plain] : labels, logRatios: ratios)
    }

    private static func result(
        _ method: CalibrationMethod, _ index: Int, _ members: [Prediction], bins: Int
    ) throws(EvaluationError) -> Result {
        let outcomes = members.map(\.isMated), ratios = members.map { $0.logRatios[index] }
        let shift = ProbabilityCalibration.logOdds(Double(outcomes.count { $0 }) / Double(outcomes.count))
        return Result(
            method: method,
            quality: try CalibrationQuality(
                probabilities: ratios.map { ProbabilityCalibration.sigmoid($0 + shift) }, outcomes: outcomes,
                bins: bins),
            cost: try LikelihoodRatioCost(logRatios: ratios, isMated: outcomes))
    }
}
