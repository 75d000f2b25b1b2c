/// Whether an installation is whole: `doctor`.
public struct DoctorRecord: Codable, Hashable, Sendable {
    /// One thing that was looked at.
    public struct Check: Codable, Hashable, Sendable {
        /// Which, such as `weights sface/model.onnx`.
        public var name: String
        /// Whether it is as it should be.
        public var passed: Bool
        /// What was seen, or what to do.
        public var detail: String

        /// A record from its parts.
        public init(name: String, passed: Bool, detail: String) {
            self.name = name
            self.passed = passed
            self.detail = detail
        }
    }

    /// Everything that was looked at.
    public var checks: [Check]

    /// A record from its parts.
    public init(checks: [Check]) {
        self.checks = checks
    }
}
