/// The result for one picture of `enroll`: the enrolled person, or the error.
public struct EnrollmentRecord: Codable, Hashable, Sendable {
    /// The person after the enrollment.
    public struct Person: Codable, Hashable, Sendable {
        /// The id, which is unique in the gallery and never changes.
        public var id: String
        /// The person's name.
        public var name: String
        /// The number of the person's templates.
        public var templates: Int

        /// Creates a record from its parts.
        public init(id: String, name: String, templates: Int) {
            self.id = id
            self.name = name
            self.templates = templates
        }
    }

    /// The picture's name, as given.
    public var image: String
    /// The enrolled person; absent if the picture failed.
    public var person: Person?
    /// The new template's id, which is unique in the store; absent if the picture failed.
    public var template: Int64?
    /// How usable the face is, 0 to 1, as in ``ContextRecord``; absent if it is unknown or there is no face.
    public var quality: Float?
    /// The look that found the face; absent if it was the first one, at the whole picture, or if there is no face.
    public var look: LookRecord?
    /// Minor defects of the file that didn't prevent it from being read; absent if there are none.
    public var remarks: [RemarkRecord]?
    /// The error; absent if there is none.
    public var error: ErrorRecord?
    /// All issues found by the gate; absent if the gate did not refuse the picture.
    public var issues: [EnrollmentIssueRecord]?

    /// Creates a record from its parts.
    public init(
        image: String, person: Person? = nil, template: Int64? = nil, quality: Float? = nil, look: LookRecord? = nil,
        remarks: [RemarkRecord]? = nil, error: ErrorRecord? = nil, issues: [EnrollmentIssueRecord]? = nil
    ) {
        self.image = image
        self.person = person
        self.template = template
        self.quality = quality
        self.look = look
        self.remarks = remarks
        self.error = error
        self.issues = issues
    }
}

/// One reason why the gate refused a picture.
public struct EnrollmentIssueRecord: Codable, Hashable, Sendable {
    /// A stable code, such as `too_small`; see `Documentation/JSON.md` for all of them.
    public var kind: String
    /// The measured value, in the unit of the kind.
    public var measured: Float
    /// The limit, in the same unit.
    public var limit: Float
    /// The other person, or the template's label; absent if the reason is the picture itself.
    public var subject: String?

    /// Creates a record from its parts.
    public init(kind: String, measured: Float, limit: Float, subject: String? = nil) {
        self.kind = kind
        self.measured = measured
        self.limit = limit
        self.subject = subject
    }
}
