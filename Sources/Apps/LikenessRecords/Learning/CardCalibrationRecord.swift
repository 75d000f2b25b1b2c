/// The measured error rates for a model's card: `calibrate`.
public struct CardCalibrationRecord: Codable, Hashable, Sendable {
    /// Results on held-out people: fitted on one half of the people and tested on the other.
    public struct HeldOut: Codable, Hashable, Sendable {
        /// The results for each condition and rate.
        public var cells: [Cell]
        /// The missed comparisons for each false match rate.
        public var missed: [Missed]

        /// Creates a record from its parts.
        public init(cells: [Cell], missed: [Missed]) {
            self.cells = cells
            self.missed = missed
        }
    }

    /// The result for one condition and one stated rate on held-out people.
    public struct Cell: Codable, Hashable, Sendable {
        /// The condition and its range; `plain` for ordinary faces.
        public var name: String
        /// The stated false match rate.
        public var statedRate: Double
        /// The expected number of false matches.
        public var expected: Double
        /// The observed rate divided by the stated rate, with a single threshold.
        public var oneRatio: Double
        /// The observed rate divided by the stated rate, with the condition's threshold.
        public var ratio: Double
        /// The condition's threshold.
        public var threshold: Float

        /// Creates a record from its parts.
        public init(
            name: String, statedRate: Double, expected: Double, oneRatio: Double, ratio: Double, threshold: Float
        ) {
            self.name = name
            self.statedRate = statedRate
            self.expected = expected
            self.oneRatio = oneRatio
            self.ratio = ratio
            self.threshold = threshold
        }
    }

    /// The shares of mated comparisons that don't match if all conditions together have the given false match rate.
    public struct Missed: Codable, Hashable, Sendable {
        /// The false match rate.
        public var falseMatchRate: Double
        /// The share with a single threshold.
        public var one: Double
        /// The share with thresholds by condition.
        public var byCondition: Double
        /// The share with a threshold on the likelihood ratio.
        public var likelihoodRatio: Double

        /// Creates a record from its parts.
        public init(falseMatchRate: Double, one: Double, byCondition: Double, likelihoodRatio: Double) {
            self.falseMatchRate = falseMatchRate
            self.one = one
            self.byCondition = byCondition
            self.likelihoodRatio = likelihoodRatio
        }
    }

    /// The name and the version of weights and preprocessing of the model.
    public var model: String
    /// The thresholds by false match rate, fitted on all people.
    public var calibration: MatchCalibrationRecord
    /// The thresholds by condition, fitted on all people.
    public var thresholds: AdaptiveThresholdsRecord
    /// The map from similarities to probabilities, fitted on all people.
    public var probability: ProbabilityCalibrationRecord
    /// The share of mated comparisons that look like impostors (probably wrong labels), 0 to 1.
    public var mislabelled: Double
    /// The results on held-out people.
    public var heldOut: HeldOut

    /// Creates a record from its parts.
    public init(
        model: String, calibration: MatchCalibrationRecord, thresholds: AdaptiveThresholdsRecord,
        probability: ProbabilityCalibrationRecord, mislabelled: Double, heldOut: HeldOut
    ) {
        self.model = model
        self.calibration = calibration
        self.thresholds = thresholds
        self.probability = probability
        self.mislabelled = mislabelled
        self.heldOut = heldOut
    }
}
