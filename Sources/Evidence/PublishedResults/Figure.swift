import Foundation
import LikenessSupport

/// A published number with its uncertainty.
public struct Figure: Codable, Sendable, Hashable {
    /// The number; `nil` if the measurement has none.
    public let value: Double?
    /// The lower end of its interval.
    public let low: Double?
    /// The upper end of its interval.
    public let high: Double?
    /// Its standard error or deviation.
    public let spread: Double?

    /// Creates a figure from its parts.
    public init(value: Double?, low: Double? = nil, high: Double? = nil, spread: Double? = nil) {
        self.value = value
        self.low = low
        self.high = high
        self.spread = spread
    }

    init(_ column: ResultTable.Column, in row: ResultTable.Row, of record: JSONValue) throws(ExperimentError) {
        func number(_ path: String?) throws(ExperimentError) -> Double? {
            guard let path else { return nil }
            return try RecordPath(row.path(path)).number(in: record)
        }
        value = try number(column.value)
        low = try number(column.low)
        high = try number(column.high)
        spread = try number(column.spread)
    }

    /// Returns the number in the format of `column`.
    public func text(_ column: ResultTable.Column) -> String {
        guard let value else { return "–" }
        let digits = column.digits ?? ResultTable.Column.usualDigits
        func plain(_ value: Double) -> String {
            switch column.form {
            case .percent: decimal(value * 100, digits)
            case .number: decimal(value, digits)
            case .count: decimal(value, 0)
            }
        }
        let unit = column.form == .percent ? " %" : ""
        if let spread { return "\(plain(value)) ± \(plain(spread))\(unit)" }
        if let low, let high { return "\(plain(value))\(unit) (\(plain(low)) to \(plain(high)))" }
        return plain(value) + unit
    }

    /// Returns whether a new measurement agrees: its value is in this one's interval, or differs by at most three of
    /// its spreads.
    ///
    /// If there is neither an interval nor a spread, both must be equal in the format of `column`.
    ///
    /// Arithmetic in 16 bits differs between processors, so the last digits of similarities do too.
    public func agrees(with new: Figure, in column: ResultTable.Column) -> Bool {
        guard let value, let other = new.value else { return self.value == nil && new.value == nil }
        if let low, let high { return (low...max(low, high)).contains(other) }
        if let spread, spread > 0 { return abs(other - value) <= 3 * spread }
        return Figure(value: other).text(column) == Figure(value: value).text(column)
    }
}
