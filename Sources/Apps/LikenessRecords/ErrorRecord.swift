/// What went wrong.
public struct ErrorRecord: Codable, Hashable, Sendable {
    /// A stable name for programs, such as `unsupported_image_format`.
    public var code: String
    /// One sentence for people.
    public var message: String
    /// What to do about it, in a sentence; absent if nothing is known.
    public var remedy: String?

    /// A record from its parts.
    public init(code: String, message: String, remedy: String? = nil) {
        self.code = code
        self.message = message
        self.remedy = remedy
    }
}
