/// A minor defect of a picture's file that didn't prevent it from being read.
public struct RemarkRecord: Codable, Hashable, Sendable {
    /// A stable code: `no_end` if the end of the file is missing but every pixel is present; `missing_rows` if at most
    /// one row in twenty is missing at the end and filled with gray.
    public var code: String
    /// The message, in one sentence.
    public var message: String

    /// Creates a record from its parts.
    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }
}
