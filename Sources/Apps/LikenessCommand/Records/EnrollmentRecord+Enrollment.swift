import Identities
import LikenessRecords
import Recognition

extension EnrollmentIssueRecord {
    /// A reason of the gate.
    init(_ issue: EnrollmentIssue) {
        self.init(kind: issue.kind.rawValue, measured: issue.measured, limit: issue.limit, subject: issue.subject)
    }
}

extension EnrollmentRecord {
    /// A picture of a person who was enrolled.
    init(image: String, _ enrollment: Enrollment) {
        let person = enrollment.person
        self.init(
            image: image, person: Person(id: person.id, name: person.name, templates: person.templates),
            template: enrollment.template.id)
    }

    /// A picture that failed, with the gate's reasons if it was the gate.
    init(image: String, error: any Error) {
        var record = ErrorRecord(error)
        var issues: [EnrollmentIssue]?
        if case .enrollmentRefused(let reasons) = error as? GalleryError {
            issues = reasons
            if reasons.contains(where: { $0.kind == .otherPerson }) {
                let remedy =
                    "if it is nonetheless another person, --gate off lets the picture through, and a lower --fpir may"
                record.message += "; \(remedy)"
                record.remedy = remedy
            }
        }
        if case .noFace = error as? RecognitionError { issues = [EnrollmentIssue(.noFace, measured: 0, limit: 1)] }
        self.init(image: image, error: record, issues: issues?.map { EnrollmentIssueRecord($0) })
    }
}
