/// The range that a strength is drawn from; in JSON `[low, high]`.
public struct Span: Hashable, Codable, Sendable {
    /// The lowest value.
    public let low: Float
    /// The highest value, at least ``low``.
    public let high: Float

    /// From `low` to `high`.
    public init(_ low: Float, _ high: Float) {
        precondition(low <= high, "a span's ends are in order")
        self.low = low
        self.high = high
    }

    /// Reads `[low, high]`.
    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        let low = try container.decode(Float.self), high = try container.decode(Float.self)
        guard container.isAtEnd, low.isFinite, high.isFinite, low <= high else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a range is two numbers, the lower one first")
        }
        (self.low, self.high) = (low, high)
    }

    /// Writes `[low, high]`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(low)
        try container.encode(high)
    }

    /// Whether all of it lies in `other`.
    public func isInside(_ other: Span) -> Bool { low >= other.low && high <= other.high }
}
