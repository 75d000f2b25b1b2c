/// What a classifier of people says of samples whose class is known: the measures of papers A and C.
///
/// A softmax classifier is a closed-set identification; its ranks are in ``identification``.
public struct ClassifierReport: Codable, Hashable, Sendable {
    /// Measures of each class against all others, summed up.
    public struct Averages: Codable, Hashable, Sendable {
        /// Share of those taken for a class that are of it.
        public let precision: Double
        /// Share of a class that is taken for it.
        public let recall: Double
        /// Share of the others that are not taken for a class.
        public let specificity: Double
        /// F1; as a mean over classes not the harmonic mean of the two above.
        public let f1: Double
        /// Share of the others that are taken for a class.
        public let falsePositiveRate: Double
        /// Share of a class that is not taken for it.
        public let falseNegativeRate: Double
        /// Share of those not taken for a class that are not of it.
        public let negativePredictiveValue: Double
        /// Mean area under the ROC curve over the classes that have samples and are not all (Hand and Till's
        /// one-against-rest form); `nil` if no class does, and of pooled decisions.
        public let areaUnderCurve: Double?

        /// - Parameter value: How a ratio of counts is summed up.
        fileprivate init(areaUnderCurve: Double?, _ value: ((BinaryCounts) -> Double?) -> Double) {
            precision = value(\.precision)
            recall = value(\.recall)
            specificity = value(\.specificity)
            f1 = value(\.f1)
            falsePositiveRate = value(\.falsePositiveRate)
            falseNegativeRate = value(\.falseNegativeRate)
            negativePredictiveValue = value(\.negativePredictiveValue)
            self.areaUnderCurve = areaUnderCurve
        }
    }

    /// Who was taken for whom; of equal scores the first class is predicted.
    public let confusion: ConfusionMatrix
    /// Share of samples whose class was predicted, with its interval.
    public let accuracy: ObservedRate
    /// Means over classes, each of which counts alike.
    public let macro: Averages
    /// Ratios of the decisions of all classes together, so that each sample counts alike. Precision, recall and F1 are
    /// the accuracy where something is predicted for every sample.
    public let micro: Averages
    /// The correlation of truth and prediction; `nil` if it is undefined.
    public let matthewsCorrelation: Double?
    /// Rank-k rates.
    public let identification: ClosedSetIdentification

    /// - Parameters:
    ///   - scores: For each sample a score for each class, larger for likelier: logits or probabilities; `nil` for a
    ///     sample that could not be used, such as a picture without a face, which is then never recognized.
    ///   - truth: The class of each sample, by its place in `classes`.
    ///   - classes: The names, each once.
    ///   - ranks: How many ranks to report.
    /// - Throws: ``EvaluationError/invalidScores(sample:)`` if a score is not finite or one is missing;
    ///   ``EvaluationError/noMatedSearches`` without samples.
    public init(
        scores: [[Float]?], truth: [Int], classes: [String], ranks: Int = 5,
        level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) {
        precondition(scores.count == truth.count, "a class for each sample")
        guard !scores.isEmpty else { throw .noMatedSearches }
        for (index, row) in scores.enumerated() {
            guard classes.indices.contains(truth[index]) else { throw .invalidScores(sample: index) }
            guard let row else { continue }
            if row.count != classes.count || !row.allSatisfy(\.isFinite) { throw .invalidScores(sample: index) }
        }
        let predicted = scores.map { $0.map(Self.prediction) }
        let confusion = ConfusionMatrix(classes: classes, truth: truth, predicted: predicted)
        self.confusion = confusion
        accuracy = try ObservedRate(zip(truth, predicted).count { $0 == $1 }, of: truth.count, level: level)
        let areas = classes.indices.compactMap { Self.areaUnderCurve(of: $0, scores: scores, truth: truth) }
        macro = Averages(areaUnderCurve: areas.isEmpty ? nil : areas.reduce(0, +) / Double(areas.count)) {
            confusion.macroAverage($0)
        }
        let pooled = confusion.pooledCounts
        micro = Averages(areaUnderCurve: nil) { $0(pooled) ?? 0 }
        matthewsCorrelation = confusion.matthewsCorrelation
        identification = try ClosedSetIdentification(
            zip(scores, truth).map { row, label in
                row.map { IdentificationSearch(subject: classes[label], similarities: $0, people: classes) }
                    ?? IdentificationSearch(failed: classes[label], isMated: true)
            }, enrolledPeople: classes.count, ranks: ranks, level: level)
    }

    /// Returns the class that `scores` predict, of equal ones the first.
    public static func prediction(_ scores: [Float]) -> Int {
        scores.indices.reduce(0) { scores[$1] > scores[$0] ? $1 : $0 }
    }

    /// Returns how well a class's scores tell its samples from all others; `nil` if there are none or no others.
    ///
    /// The share of pairs of a sample and another one that are in order, ties as half: a class has few samples, so that
    /// counting is faster than sorting.
    private static func areaUnderCurve(of label: Int, scores: [[Float]?], truth: [Int]) -> Double? {
        var own: [Float] = [], others: [Float] = []
        for (row, truth) in zip(scores, truth) {
            let score = row?[label] ?? -.infinity
            if truth == label { own.append(score) } else { others.append(score) }
        }
        guard !own.isEmpty, !others.isEmpty else { return nil }
        var halves = 0
        for score in own {
            for other in others { halves += score > other ? 2 : score == other ? 1 : 0 }
        }
        return Double(halves) / Double(2 * own.count * others.count)
    }
}
