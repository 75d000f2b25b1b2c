/// One model of `models list`: its card, or the reason why the card can't be read.
public enum ModelRecord: Codable, Hashable, Sendable {
    /// A model with a readable card.
    case card(ModelCardRecord)
    /// A model whose card is damaged.
    case damaged(DamagedModelRecord)

    private enum CodingKeys: String, CodingKey { case error }

    /// Reads a card, or a damaged model if there is an `error`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self =
            container.contains(.error)
            ? .damaged(try DamagedModelRecord(from: decoder)) : .card(try ModelCardRecord(from: decoder))
    }

    /// Writes the card, or the damaged model.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .card(let card): try card.encode(to: encoder)
        case .damaged(let model): try model.encode(to: encoder)
        }
    }
}
