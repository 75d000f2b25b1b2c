public import Datasets
import LikenessSupport

/// The results of a model on a list of pairs: accuracy, summaries of the curves, true match rates, and sample sizes.
///
/// Its JSON is a contract: fields may be added but not renamed.
///
/// ```swift
/// let comparisons = list.comparisons { similarities[$0.imageA]?[$0.imageB] }   // `nil`: no face was found
/// let report = try PairsReport(comparisons, folding: list.folding, bootstrapRounds: 2000)
/// print(report.table)
/// ```
public struct PairsReport: Codable, Hashable, Sendable {
    /// The mean over folds and its standard error.
    public struct Accuracy: Codable, Hashable, Sendable {
        /// The mean over the folds, 0...1.
        public let mean: Double
        /// The standard error of the mean.
        public let standardError: Double
    }

    /// A false match rate with too few impostor pairs.
    public struct RefusedRate: Codable, Hashable, Sendable {
        /// The requested rate.
        public let falseMatchRate: Double
        /// The minimum number of impostor pairs that support it.
        public let impostorPairsNeeded: Int
        /// The reason as a sentence.
        public let reason: String

        enum CodingKeys: String, CodingKey {
            case falseMatchRate = "fmr"
            case impostorPairsNeeded, reason
        }
    }

    /// A picture that could not be compared.
    public struct FailedImage: Codable, Hashable, Sendable {
        /// The picture's name in the list.
        public let image: String
        /// The reason, such as no face or a damaged file.
        public let reason: String

        /// Creates a record of a failed picture.
        public init(image: String, reason: String) {
            self.image = image
            self.reason = reason
        }
    }

    /// The default false match rates.
    public static let usualRates = [1e-2, 1e-3]

    /// The accuracy over the folds; `nil` if the pairs are in one fold.
    public let accuracy: Accuracy?
    /// The area under the ROC curve, 0...1.
    public let auc: Double
    /// The equal error rate, 0...1.
    public let eer: Double
    /// The true match rates at false match rates, with intervals at ``level``.
    public let tar: [TrueMatchRate]
    /// The requested rates that the pairs do not support.
    public let refused: [RefusedRate]
    /// The number of pairs.
    public let pairs: Int
    /// The number of pairs that show one person.
    public let matedPairs: Int
    /// The number of pairs that show two people.
    public let impostorPairs: Int
    /// The number of pictures that could not be compared.
    public let failedImages: Int
    /// The pictures that could not be compared, with reasons.
    public let failures: [FailedImage]
    /// The number of mated pairs with such a picture.
    ///
    /// They never match, and count as errors.
    public let failedMatedPairs: Int
    /// The number of impostor pairs with such a picture.
    ///
    /// They never match, and count as correct.
    public let failedImpostorPairs: Int
    /// The origin of the folds.
    public let folding: PairList.Folding
    /// Each fold's threshold, chosen on the others, with its accuracy.
    public let folds: [FoldAccuracy.Fold]
    /// The coverage of the intervals.
    public let level: Double
    /// The histogram of the similarities of both kinds.
    public let histogram: SimilarityHistogram
    /// The errors at given thresholds; empty unless requested.
    public let atThresholds: [ErrorsAtThreshold]
    /// The intervals by resampling people; `nil` unless requested.
    public let bootstrap: SubjectBootstrap?

    /// Measures comparisons.
    ///
    /// - Parameters:
    ///   - comparisons: The comparisons.
    ///   - folding: The origin of the folds.
    ///   - failures: The pictures that could not be compared; their comparisons have no similarity.
    ///   - rates: The false match rates at which to report the true match rate.
    ///   - thresholds: Given thresholds at which to count the errors.
    ///   - level: The coverage of the intervals.
    ///   - bootstrapRounds: The number of rounds of ``bootstrap``; 0 leaves it out.
    /// - Throws: ``EvaluationError`` if a kind of pair is absent, a similarity is not a number, a rate is invalid, or a
    ///   bootstrap is requested and the comparisons do not name people. A rate that the pairs do not support is not an
    ///   error; it is listed in ``refused``.
    public init(
        _ comparisons: [Comparison], folding: PairList.Folding, failures: [FailedImage] = [],
        rates: [Double] = usualRates, thresholds: [Float] = [], level: Double = BinomialInterval.usualLevel,
        bootstrapRounds: Int = 0
    ) throws(EvaluationError) {
        let ranked = try RankedComparisons(comparisons)
        let curve = try OperatingCurve(ranked, weights: nil)
        var tar: [TrueMatchRate] = [], refused: [RefusedRate] = []
        for rate in rates {
            do {
                tar.append(try curve.trueMatchRate(falseMatchRate: rate, level: level))
            } catch .unsupportedRate(_, _, let needed) {
                let error = EvaluationError.unsupportedRate(rate, impostorPairs: curve.impostorPairs, needed: needed)
                refused.append(
                    RefusedRate(falseMatchRate: rate, impostorPairsNeeded: needed, reason: error.description))
            }
        }
        let folds = try Self.folds(ranked)
        accuracy = folds.map { Accuracy(mean: $0.mean, standardError: $0.standardError) }
        auc = curve.areaUnderCurve
        eer = curve.equalErrorRate
        self.tar = tar
        self.refused = refused
        pairs = comparisons.count
        matedPairs = curve.matedPairs
        impostorPairs = curve.impostorPairs
        failedImages = failures.count
        self.failures = failures
        failedMatedPairs = curve.failedMatedPairs
        failedImpostorPairs = curve.failedImpostorPairs
        var atThresholds: [ErrorsAtThreshold] = []
        for threshold in thresholds {
            atThresholds.append(try ErrorsAtThreshold(comparisons, threshold: threshold, level: level))
        }
        self.atThresholds = atThresholds
        self.folding = folding
        self.folds = folds?.folds ?? []
        self.level = level
        histogram = SimilarityHistogram(comparisons)
        bootstrap =
            bootstrapRounds == 0
            ? nil
            : try SubjectBootstrap(
                comparisons, rates: tar.map(\.falseMatchRate), rounds: bootstrapRounds, level: level)
    }

    /// Returns the accuracy; `nil` if there is one fold.
    private static func folds(_ ranked: RankedComparisons) throws(EvaluationError) -> FoldAccuracy? {
        do {
            return try FoldAccuracy(ranked, weights: nil)
        } catch .tooFewFolds {
            return nil
        }
    }
}
