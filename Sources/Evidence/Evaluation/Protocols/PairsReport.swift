public import Datasets
import LikenessSupport

/// What a list of pairs says of a model: accuracy, curves' summaries, true match rates, and on how much they rest.
///
/// Its JSON is a contract: fields are added and never renamed.
public struct PairsReport: Codable, Hashable, Sendable {
    /// The mean over folds and its standard error.
    public struct Accuracy: Codable, Hashable, Sendable {
        /// Mean over the folds, 0...1.
        public let mean: Double
        /// Standard error of the mean.
        public let standardError: Double
    }

    /// A false match rate for which there are too few impostor pairs.
    public struct RefusedRate: Codable, Hashable, Sendable {
        /// The rate that was asked for.
        public let falseMatchRate: Double
        /// The fewest impostor pairs that could support it.
        public let impostorPairsNeeded: Int
        /// One sentence that says so.
        public let reason: String

        enum CodingKeys: String, CodingKey {
            case falseMatchRate = "fmr"
            case impostorPairsNeeded, reason
        }
    }

    /// A picture that could not be compared.
    public struct FailedImage: Codable, Hashable, Sendable {
        /// The picture, as the list names it.
        public let image: String
        /// Why: no face was found, the file is damaged.
        public let reason: String

        /// A failed picture.
        public init(image: String, reason: String) {
            self.image = image
            self.reason = reason
        }
    }

    /// The false match rates that are reported unless others are asked for.
    public static let usualRates = [1e-2, 1e-3]

    /// Accuracy over the folds; `nil` where the pairs are in one fold.
    public let accuracy: Accuracy?
    /// Area under the ROC curve, 0...1.
    public let auc: Double
    /// Equal error rate, 0...1.
    public let eer: Double
    /// True match rates at false match rates, with intervals at ``level``.
    public let tar: [TrueMatchRate]
    /// The rates that were asked for and can't be supported.
    public let refused: [RefusedRate]
    /// How many pairs there are.
    public let pairs: Int
    /// How many of them show one person.
    public let matedPairs: Int
    /// How many of them show two people.
    public let impostorPairs: Int
    /// How many pictures could not be compared.
    public let failedImages: Int
    /// Which, and why.
    public let failures: [FailedImage]
    /// How many mated pairs have such a picture: they do not match, and count as errors.
    public let failedMatedPairs: Int
    /// How many impostor pairs have such a picture: they do not match, and count as right.
    public let failedImpostorPairs: Int
    /// Who divided the pairs into folds.
    public let folding: PairList.Folding
    /// Each fold's threshold, from the others, and accuracy at it.
    public let folds: [FoldAccuracy.Fold]
    /// Coverage of the intervals.
    public let level: Double
    /// The similarities of both kinds.
    public let histogram: SimilarityHistogram
    /// The errors at thresholds that were given; empty unless asked for.
    public let atThresholds: [ErrorsAtThreshold]
    /// Intervals from drawing people; `nil` unless asked for.
    public let bootstrap: SubjectBootstrap?

    /// Measures the comparisons.
    ///
    /// - Parameters:
    ///   - folding: Who divided the pairs into folds.
    ///   - failures: The pictures that could not be compared; their comparisons have no similarity.
    ///   - rates: The false match rates at which to give the true match rate.
    ///   - thresholds: Thresholds from elsewhere at which to count the errors.
    ///   - level: The coverage of the intervals.
    ///   - bootstrapRounds: How often to draw people for ``bootstrap``; 0 leaves it out.
    /// - Throws: ``EvaluationError`` where a kind of pair is absent, a similarity is not a number, a rate is not a
    ///   rate, or people are to be drawn and the comparisons do not name them. A rate that the pairs can't support is
    ///   no error but in ``refused``.
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

    /// The accuracy; `nil` where there is one fold.
    private static func folds(_ ranked: RankedComparisons) throws(EvaluationError) -> FoldAccuracy? {
        do {
            return try FoldAccuracy(ranked, weights: nil)
        } catch .tooFewFolds {
            return nil
        }
    }
}
