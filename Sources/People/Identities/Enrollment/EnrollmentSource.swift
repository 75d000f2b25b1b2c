public import Faces

/// Where a face to enroll comes from: what is kept with its template, and what the gate looks at.
public struct EnrollmentSource: Hashable, Sendable {
    /// The photograph's name or another label.
    public var label: String?
    /// A digest of the photograph.
    public var digest: String?
    /// The faces found in the photograph; not kept.
    public var faces: [Face]?
    /// How the face was seen.
    public var context: ContextVector?
    /// The share of the face that lies outside the photograph, 0...1: `Face.shareOutside`; not kept.
    public var shareOutside: Float?
    /// What a second look says of the face; not kept.
    public var evidence: FaceEvidence?

    /// Creates a source; what is not known is left out, and then neither checked nor kept.
    public init(
        label: String? = nil, digest: String? = nil, faces: [Face]? = nil, context: ContextVector? = nil,
        shareOutside: Float? = nil, evidence: FaceEvidence? = nil
    ) {
        self.label = label
        self.digest = digest
        self.faces = faces
        self.context = context
        self.shareOutside = shareOutside
        self.evidence = evidence
    }
}

/// A face to add to a gallery, as its store takes it.
public struct NewTemplate: Hashable, Sendable {
    /// The person's name.
    public let name: String
    /// The person's id; `nil` for the one person of that name, or a new one where there is none.
    public let id: Person.ID?
    /// What to set in the person's metadata; other keys stay.
    public let metadata: [String: String]
    /// The embedding, checked already.
    public let embedding: Embedding
    /// Where it comes from.
    public let source: EnrollmentSource

    /// Creates a face to add.
    public init(
        name: String, id: Person.ID?, metadata: [String: String], embedding: Embedding, source: EnrollmentSource
    ) {
        self.name = name
        self.id = id
        self.metadata = metadata
        self.embedding = embedding
        self.source = source
    }
}

/// What an enrollment has made. It is on the disk when it is returned.
public struct Enrollment: Hashable, Sendable {
    /// The person, with this template counted.
    public let person: Person
    /// The template.
    public let template: Template
    /// Whether the person is new in the gallery.
    public let isNewPerson: Bool

    /// Creates an enrollment as a store made it.
    public init(person: Person, template: Template, isNewPerson: Bool) {
        self.person = person
        self.template = template
        self.isNewPerson = isNewPerson
    }
}
