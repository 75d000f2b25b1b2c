/// The identification of a face, which `identify` adds to each face.
public struct IdentificationRecord: Codable, Hashable, Sendable {
    /// A person of the gallery.
    public struct Person: Codable, Hashable, Sendable {
        /// The id, which is unique in the gallery and never changes.
        public var id: String
        /// The person's name. Several people may have the same name.
        public var name: String

        /// Creates a record from its parts.
        public init(id: String, name: String) {
            self.id = id
            self.name = name
        }
    }

    /// The person with the template nearest to the face.
    public struct Nearest: Codable, Hashable, Sendable {
        /// The id, which is unique in the gallery and never changes.
        public var id: String
        /// The person's name.
        public var name: String
        /// The cosine similarity to the nearest of the person's templates, −1 to 1.
        public var similarity: Float

        /// Creates a record from its parts.
        public init(id: String, name: String, similarity: Float) {
            self.id = id
            self.name = name
            self.similarity = similarity
        }
    }

    /// The identified person; `null` if the face is unknown.
    @Nullable public var identity: Person?
    /// The cosine similarity to the nearest person, −1 to 1; `null` in an empty gallery.
    @Nullable public var similarity: Float?
    /// The similarity minus that of the next person; `null` if there is no other.
    @Nullable public var margin: Float?
    /// The nearest person, identified or not; `null` in an empty gallery.
    @Nullable public var nearest: Nearest?
    /// The similarity from which the face counts as the person's.
    @Nullable public var threshold: Float?
    /// The false match rate of the threshold, per comparison; `null` if unknown.
    @Nullable public var falseMatchRate: Double?
    /// The conditions for which the threshold is valid, see ``DecisionRecord/condition``.
    @Nullable public var condition: String?
    /// The probability that it is that person, 0 to 1, which takes the size of the gallery and the other candidates
    /// into account; `null` if the model's card has no probabilities.
    @Nullable public var probability: Double?
    /// A sentence about anything unsupported, unknown or not measured; `null` if there is nothing to remark.
    @Nullable public var remark: String?

    /// Creates a record from its parts.
    public init(
        identity: Person? = nil, similarity: Float? = nil, margin: Float? = nil, nearest: Nearest? = nil,
        threshold: Float? = nil, falseMatchRate: Double? = nil, condition: String? = nil, probability: Double? = nil,
        remark: String? = nil
    ) {
        self.identity = identity
        self.similarity = similarity
        self.margin = margin
        self.nearest = nearest
        self.threshold = threshold
        self.falseMatchRate = falseMatchRate
        self.condition = condition
        self.probability = probability
        self.remark = remark
    }
}
