/// A test of whether explanations are correct: `evaluate explanations`.
public struct ExplanationsEvaluationRecord: Codable, Hashable, Sendable {
    /// A control in which parts other than those chosen by the map are hidden.
    public struct Control: Codable, Hashable, Sendable {
        /// The parts hidden: `cells` or `blobs` at random, or `otherFace`: those that another face's map marks as
        /// important.
        public var control: String
        /// The mean loss of similarity.
        public var loss: Double
        /// The map's loss minus this one.
        public var difference: Double
        /// The interval of ``difference``.
        public var interval: IntervalRecord
        /// The share of faces for which hiding by the map loses more, 0 to 1.
        public var wins: Double

        /// Creates a record from its parts.
        public init(control: String, loss: Double, difference: Double, interval: IntervalRecord, wins: Double) {
            self.control = control
            self.loss = loss
            self.difference = difference
            self.interval = interval
            self.wins = wins
        }
    }

    /// The result of hiding the parts that the map marks as most important.
    public struct Hidden: Codable, Hashable, Sendable {
        /// The content that replaces hidden parts.
        public var fill: String
        /// The mean loss of similarity.
        public var loss: Double
        /// The controls.
        public var controls: [Control]

        /// Creates a record from its parts.
        public init(fill: String, loss: Double, controls: [Control]) {
            self.fill = fill
            self.loss = loss
            self.controls = controls
        }
    }

    /// The areas under the similarity curve while more and more of the face is hidden. A smaller area means a better
    /// explanation.
    public struct Deletion: Codable, Hashable, Sendable {
        /// The content that replaces hidden parts.
        public var fill: String
        /// The area when cells are hidden in the map's order.
        public var map: Double
        /// The area when cells are hidden in random order.
        public var random: Double
        /// The interval of the difference.
        public var interval: IntervalRecord

        /// Creates a record from its parts.
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
        /// The reason, in one sentence.
        public var reason: String

        /// Creates a record from its parts.
        public init(imageA: String, imageB: String, reason: String) {
            self.imageA = imageA
            self.imageB = imageB
            self.reason = reason
        }
    }

    /// The number of faces explained.
    public var faces: Int
    /// The number of people in these pictures.
    public var people: Int
    /// The mean similarity of the pairs.
    public var similarity: Double
    /// The results for each fill.
    public var hidden: [Hidden]
    /// The result of hiding more and more of the face.
    public var deletion: Deletion
    /// The coverage of the intervals, such as 0.95.
    public var level: Double
    /// The method by which the maps were computed.
    public var method: String
    /// The content that replaced hidden parts when the maps were computed.
    public var fill: String
    /// The share of the face that is hidden, 0 to 1.
    public var share: Float
    /// The number of times each control was drawn.
    public var draws: Int
    /// Whether every interval of the controls `cells` and `blobs` is above 0.
    public var holds: Bool
    /// The median time for a map, in seconds.
    public var secondsPerMap: Double
    /// The number of embeddings for a map.
    public var embeddingsPerMap: Int
    /// The pairs that could not be used.
    public var failures: [FailedPair]
    /// The model and settings used.
    public var conditions: ConditionsRecord

    /// Creates a record from its parts.
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

    /// Reads the record, in which the fields of ``conditions`` are on the same level as the others.
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

    /// Writes the record, with the fields of ``conditions`` on the same level as the others.
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
