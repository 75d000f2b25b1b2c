import Foundation
public import LikenessSupport

/// Which numbers of the records stand where.
public struct ResultTable: Codable, Sendable, Hashable {
    /// How a number is written.
    public enum Form: String, Codable, Sendable, Hashable {
        /// 0.9942 as `99.42 %`.
        case percent
        /// 0.9942 as it is.
        case number
        /// Without a point.
        case count
    }

    /// What is measured.
    public struct Column: Codable, Sendable, Hashable {
        /// The heading.
        public let title: String
        /// Which of the row's records it is taken from; not needed where rows have one.
        public let record: String?
        /// The path to the number.
        public let value: String
        /// The path to the lower end of its interval.
        public let low: String?
        /// The path to the upper end.
        public let high: String?
        /// The path to its standard error or deviation.
        public let spread: String?
        /// How it is written.
        public let form: Form
        /// Digits after the point, within ``digitsAllowed``; 2 where nothing is said.
        public let digits: Int?

        /// More digits than a number has are a mistake.
        public static let digitsAllowed = 0...17
        static let usualDigits = 2
    }

    /// What is measured on.
    public struct Row: Codable, Sendable, Hashable {
        /// The heading.
        public let title: String
        /// The step whose record all columns are taken from.
        public let record: String?
        /// Or the steps, by what the columns call them.
        public let records: [String: String]?
        /// What stands for `{NAME}` in the columns' paths, by NAME: a condition, a rate.
        public let values: [String: String]?

        /// Returns `path` with this row's values in it.
        func path(_ path: String) -> String {
            (values ?? [:]).reduce(path) { $0.replacingOccurrences(of: "{\($1.key)}", with: $1.value) }
        }

        /// Returns the step that `column` is taken from.
        func record(_ column: Column) -> String? {
            guard let name = column.record else { return record }
            return records?[name] ?? record
        }
    }

    /// The heading of the first column.
    public let heading: String
    /// What is measured, from the left.
    public let columns: [Column]
    /// What it is measured on, from the top.
    public let rows: [Row]

    /// Returns the numbers of `records`, row by row.
    ///
    /// - Throws: ``ExperimentError/badPath(_:reason:)``.
    public func figures(of records: [String: JSONValue]) throws(ExperimentError) -> [[Figure]] {
        var rows: [[Figure]] = []
        for row in self.rows {
            var figures: [Figure] = []
            for column in columns {
                guard let name = row.record(column), let record = records[name] else {
                    throw .badPath(column.value, reason: "row '\(row.title)' has no record")
                }
                figures.append(try Figure(column, in: row, of: record))
            }
            rows.append(figures)
        }
        return rows
    }

    /// Returns the table in Markdown.
    ///
    /// - Parameter figures: As ``figures(of:)`` gives them.
    public func markdown(_ figures: [[Figure]]) -> String {
        let titles = [heading] + columns.map(\.title)
        var lines = [line(titles), "|" + String(repeating: "---|", count: titles.count)]
        for (row, numbers) in zip(rows, figures) {
            lines.append(line([row.title] + zip(columns, numbers).map { $1.text($0) }))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
}
