public import Faces

/// The origin of a face to enroll: data for the template, and input for the gate.
public struct EnrollmentSource: Hashable, Sendable {
    /// The photograph's name or another label.
    public var label: String?
    /// A digest of the photograph.
    public var digest: String?
    /// The detected faces in the photograph; not stored.
    public var faces: [Face]?
    /// The conditions under which the face was seen.
    public var context: ContextVector?
    /// The share of the face outside the photograph, 0...1: `Face.shareOutside`; not stored.
    public var shareOutside: Float?
    /// The evidence from a second examination of the face; not stored.
    public var evidence: FaceEvidence?

    /// Creates a source.
    ///
    /// Unknown values are left out, and neither checked nor stored.
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

/// A face to add to a gallery, as input for a store.
public struct NewTemplate: Hashable, Sendable {
    /// The person's name.
    public let name: String
    /// The person's id; `nil` for the one person with that name, or a new one if there is none.
    public let id: Person.ID?
    /// The metadata to set for the person; other keys do not change.
    public let metadata: [String: String]
    /// The embedding, already checked.
    public let embedding: Embedding
    /// The origin of the face.
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

/// The result of an enrollment, returned when it is on the disk.
public struct Enrollment: Hashable, Sendable {
    /// The person, including this template in the count.
    public let person: Person
    /// The template.
    public let template: Template
    /// Whether the person is new in the gallery.
    public let isNewPerson: Bool

    /// Creates an enrollment, for stores.
    public init(person: Person, template: Template, isNewPerson: Bool) {
        self.person = person
        self.template = template
        self.isNewPerson = isNewPerson
    }
}
