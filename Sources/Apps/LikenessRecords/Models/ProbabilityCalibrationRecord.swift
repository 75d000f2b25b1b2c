/// From a similarity, and the conditions, to the probability that two faces are one person's.
public struct ProbabilityCalibrationRecord: Codable, Hashable, Sendable {
    /// A rising map for one condition: log-odds = a ln u − b ln(1 − u) + c, with u = (1 + similarity) / 2.
    public struct Curve: Codable, Hashable, Sendable {
        /// Which condition, as ``AdaptiveThresholdsRecord/Cell/kind``; absent for two plain faces.
        public var kind: String?
        /// Whether both faces have it.
        public var isShared: Bool
        /// The least strength, as a number.
        public var low: Double
        /// The strength that is no longer in the range.
        public var high: Double
        /// Factor of ln u.
        public var a: Double
        /// Factor of −ln(1 − u).
        public var b: Double
        /// What is added.
        public var c: Double

        /// A record from its parts.
        public init(kind: String? = nil, isShared: Bool, low: Double, high: Double, a: Double, b: Double, c: Double) {
            self.kind = kind
            self.isShared = isShared
            self.low = low
            self.high = high
            self.a = a
            self.b = b
            self.c = c
        }
    }

    /// The scale of one condition.
    public struct Scale: Codable, Hashable, Sendable {
        /// The mean over the comparisons that the map was fitted on.
        public var mean: Double
        /// The standard deviation; 0 for a number that never varied.
        public var deviation: Double
        /// The lowest number seen.
        public var low: Double
        /// The highest number seen.
        public var high: Double

        /// A record from its parts.
        public init(mean: Double, deviation: Double, low: Double, high: Double) {
            self.mean = mean
            self.deviation = deviation
            self.low = low
            self.high = high
        }
    }

    /// Conditions as standardized numbers.
    public struct Features: Codable, Hashable, Sendable {
        /// Their names.
        public var names: [String]
        /// Their scales, in the same order.
        public var scales: [Scale]

        /// A record from its parts.
        public init(names: [String], scales: [Scale]) {
            self.names = names
            self.scales = scales
        }
    }

    /// From the similarity to log-odds at ``trainingPrior``.
    public var map: Map
    /// Share of comparisons of one person among those that the map was fitted on, 0 to 1.
    public var trainingPrior: Double
    /// How many comparisons of one person it was fitted on.
    public var matedPairs: Int
    /// How many comparisons of two people.
    public var impostorPairs: Int

    /// A record from its parts.
    public init(map: Map, trainingPrior: Double, matedPairs: Int, impostorPairs: Int) {
        self.map = map
        self.trainingPrior = trainingPrior
        self.matedPairs = matedPairs
        self.impostorPairs = impostorPairs
    }
}
