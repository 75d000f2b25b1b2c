public import LikenessRecords
public import Recognition

extension ModelRecord {
    /// Creates the record of an installed model: its card, or the error if the card is damaged.
    public init(_ model: Installation.Model) {
        switch model.card {
        case .success(let card): self = .card(ModelCardRecord(card))
        case .failure(let error): self = .damaged(DamagedModelRecord(name: model.name, error: ErrorRecord(error)))
        }
    }
}
