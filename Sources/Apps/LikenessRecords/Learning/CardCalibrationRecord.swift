/// The figures of a model's card: `calibrate`.
public struct CardCalibrationRecord: Codable, Hashable, Sendable {
    /// Figures that were fitted on one half of the people and tested on the other.
    public struct HeldOut: Codable, Hashable, Sendable {
        /// By condition and rate.
        public var cells: [Cell]
        /// By false match rate.
        public var missed: [Missed]

        /// A record from its parts.
        public init(cells: [Cell], missed: [Missed]) {
            self.cells = cells
            self.missed = missed
        }
    }

    /// How a condition's stated rate holds on other people.
    public struct Cell: Codable, Hashable, Sendable {
        /// The condition, with its range; `plain` for ordinary faces.
        public var name: String
        /// The stated false match rate.
        public var statedRate: Double
        /// How many false matches are expected.
        public var expected: Double
        /// The observed rate by the stated one, with one threshold.
        public var oneRatio: Double
        /// The observed rate by the stated one, with the condition's threshold.
        public var ratio: Double
        /// The condition's threshold.
        public var threshold: Float

        /// A record from its parts.
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

    /// Shares of comparisons of one person that are missed if all conditions together have the rate.
    public struct Missed: Codable, Hashable, Sendable {
        /// The false match rate.
        public var falseMatchRate: Double
        /// With one threshold.
        public var one: Double
        /// With thresholds by condition.
        public var byCondition: Double
        /// With a threshold on the likelihood ratio.
        public var likelihoodRatio: Double

        /// A record from its parts.
        public init(falseMatchRate: Double, one: Double, byCondition: Double, likelihoodRatio: Double) {
            self.falseMatchRate = falseMatchRate
            self.one = one
            self.byCondition = byCondition
            self.likelihoodRatio = likelihoodRatio
        }
    }

    /// Name, weights and preprocessing of the model.
    public var model: String
    /// Thresholds by false match rate, fitted on all people.
    public var calibration: MatchCalibrationRecord
    /// Thresholds by condition, fitted on all people.
    public var thresholds: AdaptiveThresholdsRecord
    /// From similarities to probabilities, fitted on all people.
    public var probability: ProbabilityCalibrationRecord
    /// The share of comparisons called one person's that look like strangers', 0 to 1.
    public var mislabelled: Double
    /// How well that does on other people.
    public var heldOut: HeldOut

    /// A record from its parts.
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
