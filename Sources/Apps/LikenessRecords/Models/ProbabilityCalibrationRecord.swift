/// A map from the similarity and the conditions to the probability that two faces belong to the same person.
public struct ProbabilityCalibrationRecord: Codable, Hashable, Sendable {
    /// An increasing map for one condition: log-odds = a ln u − b ln(1 − u) + c, with u = (1 + similarity) / 2.
    public struct Curve: Codable, Hashable, Sendable {
        /// The condition, see ``AdaptiveThresholdsRecord/Cell/kind``; absent for two plain faces.
        public var kind: String?
        /// Whether the condition applies to both faces.
        public var isShared: Bool
        /// The lower end of the range of strengths, included.
        public var low: Double
        /// The upper end of the range, not included.
        public var high: Double
        /// The factor of ln u.
        public var a: Double
        /// The factor of −ln(1 − u).
        public var b: Double
        /// The constant term.
        public var c: Double

        /// Creates a record from its parts.
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
        /// The mean over the comparisons on which the map was fitted.
        public var mean: Double
        /// The standard deviation; 0 for a value that never varied.
        public var deviation: Double
        /// The lowest number seen.
        public var low: Double
        /// The highest number seen.
        public var high: Double

        /// Creates a record from its parts.
        public init(mean: Double, deviation: Double, low: Double, high: Double) {
            self.mean = mean
            self.deviation = deviation
            self.low = low
            self.high = high
        }
    }

    /// Conditions as standardized values.
    public struct Features: Codable, Hashable, Sendable {
        /// Their names.
        public var names: [String]
        /// Their scales, in the same order.
        public var scales: [Scale]

        /// Creates a record from its parts.
        public init(names: [String], scales: [Scale]) {
            self.names = names
            self.scales = scales
        }
    }

    /// The map from the similarity to log-odds at ``trainingPrior``.
    public var map: Map
    /// The share of mated comparisons among those on which the map was fitted, 0 to 1.
    public var trainingPrior: Double
    /// The number of mated comparisons on which the map was fitted.
    public var matedPairs: Int
    /// The number of impostor comparisons on which the map was fitted.
    public var impostorPairs: Int

    /// Creates a record from its parts.
    public init(map: Map, trainingPrior: Double, matedPairs: Int, impostorPairs: Int) {
        self.map = map
        self.trainingPrior = trainingPrior
        self.matedPairs = matedPairs
        self.impostorPairs = impostorPairs
    }
}
