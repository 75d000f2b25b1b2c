/// A test of the error rates in a model's card with the pairs of a list.
public struct CardEvaluationRecord: Codable, Hashable, Sendable {
    /// The result for one stated false match rate.
    public struct Point: Codable, Hashable, Sendable {
        /// The stated rate.
        public var statedRate: Double
        /// The errors at the card's threshold.
        public var errors: ThresholdErrorsRecord
        /// Whether the stated rate is in the interval of the observed rate.
        public var holds: Bool

        /// Creates a record from its parts.
        public init(statedRate: Double, errors: ThresholdErrorsRecord, holds: Bool) {
            self.statedRate = statedRate
            self.errors = errors
            self.holds = holds
        }
    }

    /// A comparison of a single threshold with thresholds by condition.
    public struct Adaptive: Codable, Hashable, Sendable {
        /// The stated false match rate.
        public var statedRate: Double
        /// The single threshold.
        public var globalThreshold: Float
        /// The single threshold with the same number of false matches as the thresholds by condition.
        public var equalRateThreshold: Float
        /// The errors under each condition; all comparisons come first.
        public var conditions: [Condition]

        /// Creates a record from its parts.
        public init(statedRate: Double, globalThreshold: Float, equalRateThreshold: Float, conditions: [Condition]) {
            self.statedRate = statedRate
            self.globalThreshold = globalThreshold
            self.equalRateThreshold = equalRateThreshold
            self.conditions = conditions
        }
    }

    /// The errors under one condition.
    public struct Condition: Codable, Hashable, Sendable {
        /// The condition: `all`, `plain`, or a specific one.
        public var name: String
        /// The errors with the single threshold.
        public var global: Errors
        /// The errors with the thresholds by condition.
        public var adaptive: Errors
        /// The errors with the single threshold that has the same number of false matches.
        public var globalAtEqualRate: Errors

        /// Creates a record from its parts.
        public init(name: String, global: Errors, adaptive: Errors, globalAtEqualRate: Errors) {
            self.name = name
            self.global = global
            self.adaptive = adaptive
            self.globalAtEqualRate = globalAtEqualRate
        }
    }

    /// The false match rate and the false non-match rate.
    public struct Errors: Codable, Hashable, Sendable {
        /// The impostor comparisons that match; absent if there are no impostor comparisons.
        public var fmr: ObservedRateRecord?
        /// The mated comparisons that don't match; absent if there are no mated comparisons.
        public var fnmr: ObservedRateRecord?

        /// Creates a record from its parts.
        public init(fmr: ObservedRateRecord? = nil, fnmr: ObservedRateRecord? = nil) {
            self.fmr = fmr
            self.fnmr = fnmr
        }
    }

    /// The reliability of the card's probabilities under one condition.
    public struct Probabilities: Codable, Hashable, Sendable {
        /// The condition.
        public var name: String
        /// The reliability.
        public var quality: Quality

        /// Creates a record from its parts.
        public init(name: String, quality: Quality) {
            self.name = name
            self.quality = quality
        }
    }

    /// A comparison of probabilities with outcomes.
    public struct Quality: Codable, Hashable, Sendable {
        /// The non-empty bins of equal width.
        public var bins: [Bin]
        /// The bins with equal counts.
        public var equalMassBins: [Bin]
        /// The expected calibration error: the mean difference between probability and outcome over ``bins``.
        public var expectedCalibrationError: Double
        /// The same error over ``equalMassBins``.
        public var equalMassCalibrationError: Double
        /// The Brier score: the mean squared difference.
        public var brierScore: Double
        /// The mean of −ln of the probability that was given to the actual outcome.
        public var logLoss: Double
        /// The number of probabilities.
        public var count: Int
        /// The share of mated pairs among them.
        public var prevalence: Double

        /// Creates a record from its parts.
        public init(
            bins: [Bin], equalMassBins: [Bin], expectedCalibrationError: Double, equalMassCalibrationError: Double,
            brierScore: Double, logLoss: Double, count: Int, prevalence: Double
        ) {
            self.bins = bins
            self.equalMassBins = equalMassBins
            self.expectedCalibrationError = expectedCalibrationError
            self.equalMassCalibrationError = equalMassCalibrationError
            self.brierScore = brierScore
            self.logLoss = logLoss
            self.count = count
            self.prevalence = prevalence
        }
    }

    /// A bin of the reliability diagram.
    public struct Bin: Codable, Hashable, Sendable {
        /// The lowest probability of the bin.
        public var low: Double
        /// The highest probability of the bin.
        public var high: Double
        /// The mean probability in the bin.
        public var meanProbability: Double
        /// The share of mated pairs in the bin.
        public var observed: ObservedRateRecord

        /// Creates a record from its parts.
        public init(low: Double, high: Double, meanProbability: Double, observed: ObservedRateRecord) {
            self.low = low
            self.high = high
            self.meanProbability = meanProbability
            self.observed = observed
        }
    }

    /// The results for each stated rate.
    public var points: [Point]
    /// The comparison with thresholds by condition, for each stated rate.
    public var adaptive: [Adaptive]
    /// The reliability of probabilities, for each condition.
    public var probabilities: [Probabilities]

    /// Creates a record from its parts.
    public init(points: [Point], adaptive: [Adaptive], probabilities: [Probabilities]) {
        self.points = points
        self.adaptive = adaptive
        self.probabilities = probabilities
    }
}
