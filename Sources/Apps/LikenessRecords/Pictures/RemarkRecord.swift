/// Something that was missing in a picture's file but did not keep it from being read.
public struct RemarkRecord: Codable, Hashable, Sendable {
    /// A stable name: `no_end` if the file lacks its end and every pixel is there; `missing_rows` if at most one
    /// row in twenty is missing, at the end, and gray.
    public var code: String
    /// One sentence for people.
    public var message: String

    /// A record from its parts.
    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }
}
