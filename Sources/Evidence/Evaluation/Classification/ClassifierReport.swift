/// The measures of a classifier of people on samples of known class, as in FFSSA-GAN (Ghani et al., 2024) and DS-AEAN
/// (2025).
///
/// A softmax classifier performs closed-set identification; its ranks are in ``identification``.
public struct ClassifierReport: Codable, Hashable, Sendable {
    /// Measures of each class against all others, averaged.
    public struct Averages: Codable, Hashable, Sendable {
        /// The share of the predictions of a class that are correct.
        public let precision: Double
        /// The share of a class that is predicted as such.
        public let recall: Double
        /// The share of the other samples that are not predicted as the class.
        public let specificity: Double
        /// The F1 score.
        ///
        /// As a mean over classes, it is not the harmonic mean of the two above.
        public let f1: Double
        /// The share of the other samples that are predicted as the class.
        public let falsePositiveRate: Double
        /// The share of a class that is not predicted as such.
        public let falseNegativeRate: Double
        /// The share of samples not predicted as the class that do not belong to it.
        public let negativePredictiveValue: Double
        /// The mean area under the ROC curve over the classes that have samples and are not all samples (Hand and
        /// Till's one-against-rest form).
        ///
        /// It is `nil` if there is no such class, and for pooled decisions.
        public let areaUnderCurve: Double?

        /// Creates averages.
        ///
        /// - Parameters:
        ///   - areaUnderCurve: The mean area under the ROC curve.
        ///   - value: Averages a ratio of counts.
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

    /// The confusion matrix.
    ///
    /// Among equal scores, the first class is predicted.
    public let confusion: ConfusionMatrix
    /// The share of samples with a correct prediction, with its interval.
    public let accuracy: ObservedRate
    /// The means over classes, equally weighted.
    public let macro: Averages
    /// The ratios of the pooled decisions of all classes, samples equally weighted.
    ///
    /// Precision, recall and F1 equal the accuracy if every sample has a prediction.
    public let micro: Averages
    /// The correlation of truth and prediction; `nil` if it is undefined.
    public let matthewsCorrelation: Double?
    /// The rank-k rates.
    public let identification: ClosedSetIdentification

    /// Measures a classifier.
    ///
    /// - Parameters:
    ///   - scores: For each sample, a score for each class, larger for likelier: logits or probabilities. `nil` for an
    ///     unusable sample, such as a picture without a face, which counts as never recognized.
    ///   - truth: The class of each sample, as an index in `classes`.
    ///   - classes: The distinct names.
    ///   - ranks: The number of ranks to report.
    ///   - level: The coverage of the intervals.
    /// - Throws: ``EvaluationError/invalidScores(sample:)`` if a score is missing or not finite;
    ///   ``EvaluationError/noMatedSearches`` without samples.
    public init(
        scores: [[Float]?], truth: [Int], classes: [String], ranks: Int = 5,
        level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) {
        precondition(scores.count == truth.count, "each sample needs a class")
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

    /// Returns the class with the highest of `scores`; among equal ones, the first.
    public static func prediction(_ scores: [Float]) -> Int {
        scores.indices.reduce(0) { scores[$1] > scores[$0] ? $1 : $0 }
    }

    /// Returns the area under the ROC curve of a class against all others; `nil` if there are no samples, or no others.
    ///
    /// It is the share of pairs of a sample and another one in the right order, ties counted as half. A class has few
    /// samples, so counting is faster than sorting.
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
