/// A check of an installation: `doctor`.
public struct DoctorRecord: Codable, Hashable, Sendable {
    /// The result of one check.
    public struct Check: Codable, Hashable, Sendable {
        /// The thing checked, such as `weights sface/model.onnx`.
        public var name: String
        /// Whether the check passed.
        public var passed: Bool
        /// What was found, or what to do about a failure.
        public var detail: String

        /// Creates a record from its parts.
        public init(name: String, passed: Bool, detail: String) {
            self.name = name
            self.passed = passed
            self.detail = detail
        }
    }

    /// The results of all checks.
    public var checks: [Check]

    /// Creates a record from its parts.
    public init(checks: [Check]) {
        self.checks = checks
    }
}
