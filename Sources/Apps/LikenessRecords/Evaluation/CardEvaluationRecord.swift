/// What a model's card promised, against the pairs of a list.
public struct CardEvaluationRecord: Codable, Hashable, Sendable {
    /// One stated false match rate.
    public struct Point: Codable, Hashable, Sendable {
        /// The stated rate.
        public var statedRate: Double
        /// The errors at the card's threshold.
        public var errors: ThresholdErrorsRecord
        /// Whether the rate lies in the observed one's interval.
        public var holds: Bool

        /// A record from its parts.
        public init(statedRate: Double, errors: ThresholdErrorsRecord, holds: Bool) {
            self.statedRate = statedRate
            self.errors = errors
            self.holds = holds
        }
    }

    /// One threshold against thresholds by condition.
    public struct Adaptive: Codable, Hashable, Sendable {
        /// The stated false match rate.
        public var statedRate: Double
        /// The one threshold.
        public var globalThreshold: Float
        /// The one threshold that lets as many false matches through as those by condition.
        public var equalRateThreshold: Float
        /// All comparisons first.
        public var conditions: [Condition]

        /// A record from its parts.
        public init(statedRate: Double, globalThreshold: Float, equalRateThreshold: Float, conditions: [Condition]) {
            self.statedRate = statedRate
            self.globalThreshold = globalThreshold
            self.equalRateThreshold = equalRateThreshold
            self.conditions = conditions
        }
    }

    /// The errors under one condition.
    public struct Condition: Codable, Hashable, Sendable {
        /// `all`, `plain`, or which condition.
        public var name: String
        /// At the one threshold.
        public var global: Errors
        /// At the thresholds by condition.
        public var adaptive: Errors
        /// At the one threshold with as many false matches.
        public var globalAtEqualRate: Errors

        /// A record from its parts.
        public init(name: String, global: Errors, adaptive: Errors, globalAtEqualRate: Errors) {
            self.name = name
            self.global = global
            self.adaptive = adaptive
            self.globalAtEqualRate = globalAtEqualRate
        }
    }

    /// Errors of both kinds.
    public struct Errors: Codable, Hashable, Sendable {
        /// Comparisons of two people that match; absent if there are none.
        public var fmr: ObservedRateRecord?
        /// Comparisons of one person that don't; absent if there are none.
        public var fnmr: ObservedRateRecord?

        /// A record from its parts.
        public init(fmr: ObservedRateRecord? = nil, fnmr: ObservedRateRecord? = nil) {
            self.fmr = fmr
            self.fnmr = fnmr
        }
    }

    /// How far the card's probabilities can be believed under one condition.
    public struct Probabilities: Codable, Hashable, Sendable {
        /// Which condition.
        public var name: String
        /// How far.
        public var quality: Quality

        /// A record from its parts.
        public init(name: String, quality: Quality) {
            self.name = name
            self.quality = quality
        }
    }

    /// Probabilities against the outcomes.
    public struct Quality: Codable, Hashable, Sendable {
        /// Bins of equal width that hold something.
        public var bins: [Bin]
        /// Bins that hold equally many.
        public var equalMassBins: [Bin]
        /// Mean difference of probability and outcome over ``bins``.
        public var expectedCalibrationError: Double
        /// The same over ``equalMassBins``.
        public var equalMassCalibrationError: Double
        /// The mean squared difference.
        public var brierScore: Double
        /// The mean of −ln of the probability of the outcome.
        public var logLoss: Double
        /// How many probabilities.
        public var count: Int
        /// The share of them that came true.
        public var prevalence: Double

        /// A record from its parts.
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

    /// A bar of the reliability diagram.
    public struct Bin: Codable, Hashable, Sendable {
        /// The lowest probability.
        public var low: Double
        /// The highest one.
        public var high: Double
        /// The mean of the probabilities in it.
        public var meanProbability: Double
        /// The share of them that came true.
        public var observed: ObservedRateRecord

        /// A record from its parts.
        public init(low: Double, high: Double, meanProbability: Double, observed: ObservedRateRecord) {
            self.low = low
            self.high = high
            self.meanProbability = meanProbability
            self.observed = observed
        }
    }

    /// By stated rate.
    public var points: [Point]
    /// Thresholds by condition, by stated rate.
    public var adaptive: [Adaptive]
    /// By condition.
    public var probabilities: [Probabilities]

    /// A record from its parts.
    public init(points: [Point], adaptive: [Adaptive], probabilities: [Probabilities]) {
        self.points = points
        self.adaptive = adaptive
        self.probabilities = probabilities
    }
}
