public import Faces
public import Foundation

/// A measured model with its settings.
public struct MeasuredModel: Sendable {
    /// The model's card: name, license, origin.
    public var card: ModelCard
    /// The settings: detector, precision and so on.
    public var conditions: [Page.Fact]

    /// Creates a model with its settings.
    public init(card: ModelCard, conditions: [Page.Fact]) { (self.card, self.conditions) = (card, conditions) }

    /// The model's name in plots and tables.
    var name: String { card.name }

    /// All facts about the model for the page.
    var facts: [Page.Fact] {
        var facts = [
            Page.Fact("Model", card.identity.description), Page.Fact("Architecture", card.architecture),
        ]
        facts += conditions
        let origin =
            switch card.origin.status {
            case .verified: "Verified. "
            case .unverified: "Not verified: author and license could not be traced. "
            case .own: "Our own. "
            }
        facts += [
            Page.Fact("License of the weights", "\(card.license). \(card.licenseNote)"),
            Page.Fact("Origin of the weights", origin + card.origin.text),
        ]
        if let source = card.source {
            facts.append(
                Page.Fact("Downloaded from", "\(source.registry): \(source.package) \(source.version), \(source.file)"))
        }
        return facts + [Page.Fact("Training data", card.trainingData), Page.Fact("Paper", card.citation)]
    }
}

/// The origin of a measurement.
public struct Provenance: Sendable {
    /// Facts about the pictures.
    public var data: [Page.Fact]
    /// The command line.
    public var command: String
    /// The date of the measurement.
    public var date: Date
    /// The program and its version.
    public var program: String

    /// Creates the origin of a measurement.
    public init(data: [Page.Fact], command: String, date: Date, program: String) {
        (self.data, self.command, self.date, self.program) = (data, command, date, program)
    }

    /// Returns the section on the data and models.
    func section(models: [MeasuredModel]) -> Page.Section {
        let facts =
            data + [
                Page.Fact("Command", command), Page.Fact("Date", date.formatted(.iso8601)),
                Page.Fact("Program", program),
            ]
        var cards: [Page.Block] = []
        if let only = models.first, models.count == 1 {
            cards.append(.facts(only.facts))
        } else {
            let rows = models.map { [$0.name, $0.card.license, $0.card.origin.status.rawValue] }
            let columns = ["Model", "License of the weights", "Origin of the weights"]
            cards.append(.table(Page.Table(columns: columns, rows: rows, hasNumbers: false)))
            cards += models.map { .folded("More about \($0.name)", [.facts($0.facts)]) }
        }
        return Page.Section("Data and models", [.facts(facts)] + cards)
    }
}
