public import Faces
public import Foundation

/// A model that was measured: what a reader must know of it.
public struct MeasuredModel: Sendable {
    /// The model's card: name, license, origin.
    public var card: ModelCard
    /// How it ran: detector, precision and so on.
    public var conditions: [Page.Fact]

    /// Creates a model and how it ran.
    public init(card: ModelCard, conditions: [Page.Fact]) { (self.card, self.conditions) = (card, conditions) }

    /// What plots and tables call it.
    var name: String { card.name }

    /// All that is to be said.
    var facts: [Page.Fact] {
        var facts = [
            Page.Fact("Model", card.identity.description), Page.Fact("Architecture", card.architecture),
        ]
        facts += conditions
        let origin =
            switch card.origin.status {
            case .verified: "Verified. "
            case .unverified: "Not verified: author and licence could not be traced. "
            case .own: "Our own. "
            }
        facts += [
            Page.Fact("Licence of the weights", "\(card.licence). \(card.licenceNote)"),
            Page.Fact("Origin of the weights", origin + card.origin.text),
        ]
        if let source = card.source {
            facts.append(
                Page.Fact("Fetched from", "\(source.registry): \(source.package) \(source.version), \(source.file)"))
        }
        return facts + [Page.Fact("Trained on", card.trainingData), Page.Fact("Paper", card.citation)]
    }
}

/// Where a measurement comes from.
public struct Provenance: Sendable {
    /// What the pictures are.
    public var data: [Page.Fact]
    /// What was typed.
    public var command: String
    /// When.
    public var date: Date
    /// The program and its version.
    public var program: String

    /// Where a measurement comes from.
    public init(data: [Page.Fact], command: String, date: Date, program: String) {
        (self.data, self.command, self.date, self.program) = (data, command, date, program)
    }

    /// Returns the section that says what was measured.
    func section(models: [MeasuredModel]) -> Page.Section {
        let facts =
            data + [
                Page.Fact("Command", command), Page.Fact("Made on", date.formatted(.iso8601)), Page.Fact("By", program),
            ]
        var cards: [Page.Block] = []
        if let only = models.first, models.count == 1 {
            cards.append(.facts(only.facts))
        } else {
            let rows = models.map { [$0.name, $0.card.licence, $0.card.origin.status.rawValue] }
            let columns = ["Model", "Licence of the weights", "Their origin"]
            cards.append(.table(Page.Table(columns: columns, rows: rows, hasNumbers: false)))
            cards += models.map { .folded("More about \($0.name)", [.facts($0.facts)]) }
        }
        return Page.Section("What was measured", [.facts(facts)] + cards)
    }
}
