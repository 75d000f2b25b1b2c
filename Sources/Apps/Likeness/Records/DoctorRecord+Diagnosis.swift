public import LikenessRecords
public import Recognition

extension DoctorRecord {
    /// Creates the record of all checks.
    public init(_ diagnosis: Diagnosis) {
        self.init(
            checks: diagnosis.checks.map { Check(name: $0.name, passed: $0.passed, detail: $0.detail) })
    }
}
