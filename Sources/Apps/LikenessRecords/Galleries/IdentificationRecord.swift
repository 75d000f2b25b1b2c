/// Who a face was taken for: what `identify` adds to each face.
public struct IdentificationRecord: Codable, Hashable, Sendable {
    /// A person of the gallery.
    public struct Person: Codable, Hashable, Sendable {
        /// Unique in the gallery, and never changed.
        public var id: String
        /// What the person is called; several people may share a name.
        public var name: String

        /// A record from its parts.
        public init(id: String, name: String) {
            self.id = id
            self.name = name
        }
    }

    /// The person whose pictures are most like the face.
    public struct Nearest: Codable, Hashable, Sendable {
        /// Unique in the gallery, and never changed.
        public var id: String
        /// What the person is called.
        public var name: String
        /// Cosine similarity to the nearest of the person's templates, −1 to 1.
        public var similarity: Float

        /// A record from its parts.
        public init(id: String, name: String, similarity: Float) {
            self.id = id
            self.name = name
            self.similarity = similarity
        }
    }

    /// Who it is; `null` if the face is unknown.
    @Nullable public var identity: Person?
    /// Cosine similarity to the nearest person, −1 to 1; `null` in an empty gallery.
    @Nullable public var similarity: Float?
    /// By how much the similarity exceeds that of the next person; `null` if there is no other.
    @Nullable public var margin: Float?
    /// Who came nearest, known or not; `null` in an empty gallery.
    @Nullable public var nearest: Nearest?
    /// The similarity from which the face is the person's.
    @Nullable public var threshold: Float?
    /// The false match rate of the threshold, per comparison; `null` if it is not known.
    @Nullable public var falseMatchRate: Double?
    /// The conditions that the threshold is for, as ``DecisionRecord/condition``.
    @Nullable public var condition: String?
    /// Probability that it is that person, 0 to 1, with the size of the gallery and the other candidates taken into
    /// account; `null` if the model's card does not say.
    @Nullable public var probability: Double?
    /// A sentence on what is not supported, not known or was not measured; `null` if there is no such thing.
    @Nullable public var remark: String?

    /// A record from its parts.
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
