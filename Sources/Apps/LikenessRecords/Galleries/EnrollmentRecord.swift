/// One picture of `enroll`: the person who was enrolled, or the error.
public struct EnrollmentRecord: Codable, Hashable, Sendable {
    /// The person, as they are now.
    public struct Person: Codable, Hashable, Sendable {
        /// Unique in the gallery, and never changed.
        public var id: String
        /// What the person is called.
        public var name: String
        /// How many templates the person has now.
        public var templates: Int

        /// A record from its parts.
        public init(id: String, name: String, templates: Int) {
            self.id = id
            self.name = name
            self.templates = templates
        }
    }

    /// The picture's name, as it was given.
    public var image: String
    /// Who was enrolled; absent if the picture failed.
    public var person: Person?
    /// The new template's number, unique in the store; absent if the picture failed.
    public var template: Int64?
    /// What was missing in the file but did not keep it from being read; absent if nothing was.
    public var remarks: [RemarkRecord]?
    /// What went wrong; absent if nothing did.
    public var error: ErrorRecord?
    /// All the gate's reasons; absent if the gate did not refuse the picture.
    public var issues: [EnrollmentIssueRecord]?

    /// A record from its parts.
    public init(
        image: String, person: Person? = nil, template: Int64? = nil, remarks: [RemarkRecord]? = nil,
        error: ErrorRecord? = nil, issues: [EnrollmentIssueRecord]? = nil
    ) {
        self.image = image
        self.person = person
        self.template = template
        self.remarks = remarks
        self.error = error
        self.issues = issues
    }
}

/// One reason why the gate refused a picture.
public struct EnrollmentIssueRecord: Codable, Hashable, Sendable {
    /// A stable name, such as `too_small`; `Documentation/JSON.md` lists them.
    public var kind: String
    /// The value of this picture, in the unit of the kind.
    public var measured: Float
    /// The limit, in the same unit.
    public var limit: Float
    /// The other person, or the template's label; absent if the reason lies in the picture itself.
    public var subject: String?

    /// A record from its parts.
    public init(kind: String, measured: Float, limit: Float, subject: String? = nil) {
        self.kind = kind
        self.measured = measured
        self.limit = limit
        self.subject = subject
    }
}
