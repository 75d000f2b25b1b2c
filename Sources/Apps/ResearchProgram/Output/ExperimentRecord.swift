import LikenessCommand
import PublishedResults

/// The new figures of an experiment, with the published ones.
struct ExperimentRecord {
    struct Entry {
        var row: String
        var column: String
        var now: Figure
        /// The published figure; `nil` if there is none yet.
        var published: Figure?
        /// Whether the new value is in the published interval; `nil` if `published` is `nil`.
        var agrees: Bool?
        /// The published and the new figure as text.
        fileprivate var texts: [String]
    }

    var name: String
    var figures: [Entry]

    init(name: String, table: ResultTable, figures: [[Figure]], published: PublishedResults?) {
        self.name = name
        self.figures = zip(table.rows, figures).enumerated().flatMap { place, line in
            zip(table.columns, line.1).enumerated().map { index, cell in
                let old = published?.figures[place][index]
                return Entry(
                    row: line.0.title, column: cell.0.title, now: cell.1, published: old,
                    agrees: old.map { $0.agrees(with: cell.1, in: cell.0) },
                    texts: [old?.text(cell.0) ?? "-", cell.1.text(cell.0)])
            }
        }
    }

    /// Whether every figure agrees with the published one or is new.
    var agrees: Bool { figures.allSatisfy { $0.agrees ?? true } }

    /// The result as text for people.
    var table: String {
        var table = TextTable(columns: [name, "", "published", "now", "agrees"])
        for entry in figures {
            table.append([entry.row, entry.column] + entry.texts + [entry.agrees.map { $0 ? "yes" : "NO" } ?? "-"])
        }
        return table.text
    }
}
