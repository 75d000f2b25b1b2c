/// A model whose card can't be read.
public struct DamagedModelRecord: Codable, Hashable, Sendable {
    /// The model's name.
    public var name: String
    /// What is wrong with the card.
    public var error: ErrorRecord

    /// A record from its parts.
    public init(name: String, error: ErrorRecord) {
        self.name = name
        self.error = error
    }
}
