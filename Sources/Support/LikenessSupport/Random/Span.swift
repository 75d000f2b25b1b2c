/// A range from which a strength is drawn; `[low, high]` in JSON.
public struct Span: Hashable, Codable, Sendable {
    /// The lowest value.
    public let low: Float
    /// The highest value, at least ``low``.
    public let high: Float

    /// Creates the range from `low` to `high`, which must be in order.
    public init(_ low: Float, _ high: Float) {
        precondition(low <= high, "a span's ends are in order")
        self.low = low
        self.high = high
    }

    /// The range in words: `0.1 to 20`.
    package var text: String { "\(significant(Double(low))) to \(significant(Double(high)))" }

    /// Reads `[low, high]`.
    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        let low = try container.decode(Float.self), high = try container.decode(Float.self)
        guard container.isAtEnd, low.isFinite, high.isFinite, low <= high else {
            // The error is about the range, not about the element after its last.
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath, debugDescription: "a range is two numbers, the lower one first"))
        }
        (self.low, self.high) = (low, high)
    }

    /// Writes `[low, high]`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(low)
        try container.encode(high)
    }

    /// Returns whether the whole range is inside `other`.
    public func isInside(_ other: Span) -> Bool { low >= other.low && high <= other.high }
}
