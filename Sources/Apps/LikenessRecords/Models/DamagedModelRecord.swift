/// A model whose card can't be read.
public struct DamagedModelRecord: Codable, Hashable, Sendable {
    /// The model's name.
    public var name: String
    /// The error that occurred when the card was read.
    public var error: ErrorRecord

    /// Creates a record from its parts.
    public init(name: String, error: ErrorRecord) {
        self.name = name
        self.error = error
    }
}
