/// The nearest vector of one group.
public struct VectorMatch: Hashable, Sendable {
    /// The vector.
    public let id: Int64
    /// Its group.
    public let group: Int64
    /// Cosine similarity, −1...1: summed in double precision, then rounded to float.
    public let similarity: Float

    /// Creates a match from its parts.
    public init(id: Int64, group: Int64, similarity: Float) {
        self.id = id
        self.group = group
        self.similarity = similarity
    }
}

/// Which of the two kinds of numbers a search reads. The result is the same.
public enum VectorScan: String, CaseIterable, Hashable, Codable, Sendable {
    /// 4 bytes a number.
    case float
    /// 1 byte a number, and a few floats.
    case int8
}
