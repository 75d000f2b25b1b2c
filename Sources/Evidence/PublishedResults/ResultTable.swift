import Foundation
public import LikenessSupport

/// The layout of a table: the rows, columns and the paths of their numbers.
public struct ResultTable: Codable, Sendable, Hashable {
    /// The format of a number.
    public enum Form: String, Codable, Sendable, Hashable {
        /// A percentage: 0.9942 as `99.42 %`.
        case percent
        /// The number itself: 0.9942.
        case number
        /// An integer.
        case count
    }

    /// A column: one measure.
    public struct Column: Codable, Sendable, Hashable {
        /// The heading.
        public let title: String
        /// The name of the row's record from which the number is taken; not needed if rows have one record.
        public let record: String?
        /// The path to the number.
        public let value: String
        /// The path to the lower end of its interval.
        public let low: String?
        /// The path to the upper end of its interval.
        public let high: String?
        /// The path to its standard error or deviation.
        public let spread: String?
        /// The format.
        public let form: Form
        /// The number of decimal places, within ``digitsAllowed``; 2 by default.
        public let digits: Int?

        /// The valid numbers of decimal places. A floating-point number has no more significant digits.
        public static let digitsAllowed = 0...17
        static let usualDigits = 2
    }

    /// A row: one measured model or condition.
    public struct Row: Codable, Sendable, Hashable {
        /// The heading.
        public let title: String
        /// The step whose record is used for all columns.
        public let record: String?
        /// The steps whose records are used, by the names in the columns; used instead of ``record``.
        public let records: [String: String]?
        /// The values of `{NAME}` in the columns' paths, by NAME, such as a condition or a rate.
        public let values: [String: String]?

        /// Returns `path` with this row's values filled in.
        func path(_ path: String) -> String {
            (values ?? [:]).reduce(path) { $0.replacingOccurrences(of: "{\($1.key)}", with: $1.value) }
        }

        /// Returns the step whose record is used for `column`.
        func record(_ column: Column) -> String? {
            guard let name = column.record else { return record }
            return records?[name] ?? record
        }
    }

    /// The heading of the first column.
    public let heading: String
    /// The columns, from the left.
    public let columns: [Column]
    /// The rows, from the top.
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
    /// - Parameter figures: The numbers from ``figures(of:)``.
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
