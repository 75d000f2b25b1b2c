public import LikenessRecords
public import Recognition

extension DoctorRecord {
    /// Everything that was looked at.
    public init(_ diagnosis: Diagnosis) {
        self.init(
            checks: diagnosis.checks.map { Check(name: $0.name, passed: $0.passed, detail: $0.detail) })
    }
}
