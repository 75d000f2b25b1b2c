public import LikenessRecords
public import Recognition

extension ModelRecord {
    /// An installed model: its card, or what is wrong with it.
    public init(_ model: Installation.Model) {
        switch model.card {
        case .success(let card): self = .card(ModelCardRecord(card))
        case .failure(let error): self = .damaged(DamagedModelRecord(name: model.name, error: ErrorRecord(error)))
        }
    }
}
