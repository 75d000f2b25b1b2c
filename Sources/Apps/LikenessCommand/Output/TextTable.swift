/// A table in plain text. Columns are as wide as their widest value, and numbers are aligned to the right. Line ends
/// and control characters in a value are escaped, so that each value stays in its row.
package struct TextTable {
    private let columns: [String]
    private var rows: [[String]] = []

    package init(columns: [String]) { self.columns = columns.map(\.printable) }

    /// Adds a row, with one value for each column.
    package mutating func append(_ row: [String]) { rows.append(row.map(\.printable)) }

    /// The table with its heading; only the heading if there are no rows.
    package var text: String {
        let widths = columns.indices.map { column in
            ([columns] + rows).map { $0[column].count }.max() ?? 0
        }
        let heading = Terminal.bold(line(columns, widths, numbers: []))
        let numbers = Set(columns.indices.filter { column in rows.allSatisfy { Self.isNumber($0[column]) } })
        return ([heading] + rows.map { line($0, widths, numbers: numbers) }).joined(separator: "\n") + "\n"
    }

    private func line(_ row: [String], _ widths: [Int], numbers: Set<Int>) -> String {
        let cells = row.indices.map { column in
            let padding = String(repeating: " ", count: widths[column] - row[column].count)
            return numbers.contains(column) ? padding + row[column] : row[column] + padding
        }
        var line = cells.joined(separator: "  ")
        while line.hasSuffix(" ") { line.removeLast() }
        return line
    }

    private static func isNumber(_ text: String) -> Bool { text.isEmpty || text == "-" || Double(text) != nil }
}
