/// Whether explanations are true: `evaluate explanations`.
public struct ExplanationsEvaluationRecord: Codable, Hashable, Sendable {
    /// Hiding something else than the map says.
    public struct Control: Codable, Hashable, Sendable {
        /// What: `cells` or `blobs` at random, or `otherFace`: what another face's map calls important.
        public var control: String
        /// The mean similarity that is lost.
        public var loss: Double
        /// The map's loss less this one.
        public var difference: Double
        /// The interval of ``difference``.
        public var interval: IntervalRecord
        /// The share of faces whose map loses more, 0 to 1.
        public var wins: Double

        /// A record from its parts.
        public init(control: String, loss: Double, difference: Double, interval: IntervalRecord, wins: Double) {
            self.control = control
            self.loss = loss
            self.difference = difference
            self.interval = interval
            self.wins = wins
        }
    }

    /// Hiding what the map calls the most important.
    public struct Hidden: Codable, Hashable, Sendable {
        /// What stands in the place of hidden parts.
        public var fill: String
        /// The mean similarity that is lost.
        public var loss: Double
        /// Hiding something else.
        public var controls: [Control]

        /// A record from its parts.
        public init(fill: String, loss: Double, controls: [Control]) {
            self.fill = fill
            self.loss = loss
            self.controls = controls
        }
    }

    /// Areas under the similarity while more and more of the face is hidden; smaller is truer.
    public struct Deletion: Codable, Hashable, Sendable {
        /// What stands in the place of hidden parts.
        public var fill: String
        /// In the map's order.
        public var map: Double
        /// In a random order.
        public var random: Double
        /// The interval of the difference.
        public var interval: IntervalRecord

        /// A record from its parts.
        public init(fill: String, map: Double, random: Double, interval: IntervalRecord) {
            self.fill = fill
            self.map = map
            self.random = random
            self.interval = interval
        }
    }

    /// A pair that could not be used.
    public struct FailedPair: Codable, Hashable, Sendable {
        /// Its first picture.
        public var imageA: String
        /// Its second picture.
        public var imageB: String
        /// Why, in a sentence.
        public var reason: String

        /// A record from its parts.
        public init(imageA: String, imageB: String, reason: String) {
            self.imageA = imageA
            self.imageB = imageB
            self.reason = reason
        }
    }

    /// How many faces were explained.
    public var faces: Int
    /// How many people they are of.
    public var people: Int
    /// Their mean similarity.
    public var similarity: Double
    /// By fill.
    public var hidden: [Hidden]
    /// While more and more is hidden.
    public var deletion: Deletion
    /// The coverage of the intervals, such as 0.95.
    public var level: Double
    /// How the maps were found.
    public var method: String
    /// What stood in the place of hidden parts while maps were found.
    public var fill: String
    /// The share of the face that is hidden, 0 to 1.
    public var share: Float
    /// How often a control was drawn.
    public var draws: Int
    /// Whether every interval of `cells` and `blobs` lies above 0.
    public var holds: Bool
    /// How long a map took, the median.
    public var secondsPerMap: Double
    /// How many embeddings it took.
    public var embeddingsPerMap: Int
    /// Pairs that could not be used.
    public var failures: [FailedPair]
    /// What ran.
    public var conditions: ConditionsRecord

    /// A record from its parts.
    public init(
        faces: Int, people: Int, similarity: Double, hidden: [Hidden], deletion: Deletion, level: Double,
        method: String, fill: String, share: Float, draws: Int, holds: Bool, secondsPerMap: Double,
        embeddingsPerMap: Int, failures: [FailedPair], conditions: ConditionsRecord
    ) {
        self.faces = faces
        self.people = people
        self.similarity = similarity
        self.hidden = hidden
        self.deletion = deletion
        self.level = level
        self.method = method
        self.fill = fill
        self.share = share
        self.draws = draws
        self.holds = holds
        self.secondsPerMap = secondsPerMap
        self.embeddingsPerMap = embeddingsPerMap
        self.failures = failures
        self.conditions = conditions
    }

    private enum CodingKeys: String, CodingKey {
        case faces, people, similarity, hidden, deletion, level, method, fill, share, draws, holds, secondsPerMap,
            embeddingsPerMap, failures
    }

    /// Reads the record; the fields of ``conditions`` stand beside the others.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        faces = try container.decode(Int.self, forKey: .faces)
        people = try container.decode(Int.self, forKey: .people)
        similarity = try container.decode(Double.self, forKey: .similarity)
        hidden = try container.decode([Hidden].self, forKey: .hidden)
        deletion = try container.decode(Deletion.self, forKey: .deletion)
        level = try container.decode(Double.self, forKey: .level)
        method = try container.decode(String.self, forKey: .method)
        fill = try container.decode(String.self, forKey: .fill)
        share = try container.decode(Float.self, forKey: .share)
        draws = try container.decode(Int.self, forKey: .draws)
        holds = try container.decode(Bool.self, forKey: .holds)
        secondsPerMap = try container.decode(Double.self, forKey: .secondsPerMap)
        embeddingsPerMap = try container.decode(Int.self, forKey: .embeddingsPerMap)
        failures = try container.decode([FailedPair].self, forKey: .failures)
        conditions = try ConditionsRecord(from: decoder)
    }

    /// Writes the record; the fields of ``conditions`` stand beside the others.
    public func encode(to encoder: any Encoder) throws {
        try conditions.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(faces, forKey: .faces)
        try container.encode(people, forKey: .people)
        try container.encode(similarity, forKey: .similarity)
        try container.encode(hidden, forKey: .hidden)
        try container.encode(deletion, forKey: .deletion)
        try container.encode(level, forKey: .level)
        try container.encode(method, forKey: .method)
        try container.encode(fill, forKey: .fill)
        try container.encode(share, forKey: .share)
        try container.encode(draws, forKey: .draws)
        try container.encode(holds, forKey: .holds)
        try container.encode(secondsPerMap, forKey: .secondsPerMap)
        try container.encode(embeddingsPerMap, forKey: .embeddingsPerMap)
        try container.encode(failures, forKey: .failures)
    }
}
