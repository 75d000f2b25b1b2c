/// What a classifier of people says of samples whose class is known: the measures of papers A and C.
///
/// A softmax classifier is a closed-set identification; its ranks are in ``identification``.
public struct ClassifierReport: Codable, Hashable, Sendable {
    /// Means over classes, of each against all others.
    public struct Averages: Codable, Hashable, Sendable {
        /// Mean precision.
        public let precision: Double
        /// Mean recall.
        public let recall: Double
        /// Mean specificity.
        public let specificity: Double
        /// Mean of the classes' F1: not the harmonic mean of the two above.
        public let f1: Double
        /// Mean false positive rate.
        public let falsePositiveRate: Double
        /// Mean false negative rate.
        public let falseNegativeRate: Double
        /// Mean negative predictive value.
        public let negativePredictiveValue: Double
        /// Mean area under the ROC curve over the classes that have samples and are not all (Hand and Till's
        /// one-against-rest form); `nil` where no class does.
        public let areaUnderCurve: Double?
    }

    /// Who was taken for whom; of equal scores the first class is predicted.
    public let confusion: ConfusionMatrix
    /// Share of samples whose class was predicted, with its interval.
    public let accuracy: ObservedRate
    /// Means over classes.
    public let macro: Averages
    /// The correlation of truth and prediction; `nil` where it is undefined.
    public let matthewsCorrelation: Double?
    /// Rank-k rates.
    public let identification: ClosedSetIdentification

    /// - Parameters:
    ///   - scores: For each sample a score for each class, larger for likelier: logits or probabilities.
    ///   - truth: The class of each sample, by its place in `classes`.
    ///   - classes: The names, each once.
    ///   - ranks: How many ranks to report.
    /// - Throws: ``EvaluationError/invalidScores(sample:)`` where a score is not finite or one is missing;
    ///   ``EvaluationError/noMatedSearches`` without samples.
    public init(
        scores: [[Float]], truth: [Int], classes: [String], ranks: Int = 5,
        level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) {
        precondition(scores.count == truth.count, "a class for each sample")
        guard !scores.isEmpty else { throw .noMatedSearches }
        for (index, row) in scores.enumerated()
        where row.count != classes.count || !row.allSatisfy(\.isFinite) || !classes.indices.contains(truth[index]) {
            throw .invalidScores(sample: index)
        }
        let predicted = scores.map { row in row.indices.reduce(0) { row[$1] > row[$0] ? $1 : $0 } }
        let confusion = ConfusionMatrix(classes: classes, truth: truth, predicted: predicted)
        self.confusion = confusion
        accuracy = try ObservedRate(zip(truth, predicted).count { $0 == $1 }, of: truth.count, level: level)
        let areas = classes.indices.compactMap { Self.areaUnderCurve(of: $0, scores: scores, truth: truth) }
        macro = Averages(
            precision: confusion.macroAverage(\.precision), recall: confusion.macroAverage(\.recall),
            specificity: confusion.macroAverage(\.specificity), f1: confusion.macroAverage(\.f1),
            falsePositiveRate: confusion.macroAverage(\.falsePositiveRate),
            falseNegativeRate: confusion.macroAverage(\.falseNegativeRate),
            negativePredictiveValue: confusion.macroAverage(\.negativePredictiveValue),
            areaUnderCurve: areas.isEmpty ? nil : areas.reduce(0, +) / Double(areas.count))
        matthewsCorrelation = confusion.matthewsCorrelation
        identification = try ClosedSetIdentification(
            zip(scores, truth).map { row, label in
                IdentificationSearch(subject: classes[label], similarities: row, people: classes)
            }, enrolledPeople: classes.count, ranks: ranks, level: level)
    }

    /// How well a class's scores tell its samples from all others; `nil` where there are none or no others.
    private static func areaUnderCurve(of label: Int, scores: [[Float]], truth: [Int]) -> Double? {
        let comparisons = zip(scores, truth).map { Comparison(similarity: $0[label], isMated: $1 == label) }
        return (try? OperatingCurve(comparisons))?.areaUnderCurve
    }
}
