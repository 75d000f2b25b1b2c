/// An error.
public struct ErrorRecord: Codable, Hashable, Sendable {
    /// A stable code for programs, such as `unsupported_image_format`.
    public var code: String
    /// The message, in one sentence.
    public var message: String
    /// The remedy, in one sentence; absent if none is known.
    public var remedy: String?

    /// Creates a record from its parts.
    public init(code: String, message: String, remedy: String? = nil) {
        self.code = code
        self.message = message
        self.remedy = remedy
    }
}
