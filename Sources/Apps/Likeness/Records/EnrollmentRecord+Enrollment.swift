public import Identities
public import LikenessRecords
import Recognition

extension EnrollmentIssueRecord {
    /// Creates the record of an issue found by the enrollment gate.
    public init(_ issue: EnrollmentIssue) {
        self.init(kind: issue.kind.rawValue, measured: issue.measured, limit: issue.limit, subject: issue.subject)
    }
}

extension EnrollmentRecord {
    /// Creates the record of a picture that was enrolled.
    public init(image: String, _ enrollment: Enrollment) {
        let person = enrollment.person
        self.init(
            image: image, person: Person(id: person.id, name: person.name, templates: person.templates),
            template: enrollment.template.id)
    }

    /// Creates the record of a picture that failed, with the gate's issues if the gate refused it.
    public init(image: String, error: any Error) {
        var issues: [EnrollmentIssue]?
        if case .enrollmentRefused(let reasons) = error as? GalleryError { issues = reasons }
        if case .noFace = error as? RecognitionError { issues = [EnrollmentIssue(.noFace, measured: 0, limit: 1)] }
        self.init(image: image, error: ErrorRecord(error), issues: issues?.map { EnrollmentIssueRecord($0) })
    }
}
