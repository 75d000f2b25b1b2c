/// The nearest vector of one group.
public struct VectorMatch: Hashable, Sendable {
    /// The id of the vector.
    public let id: Int64
    /// The group of the vector.
    public let group: Int64
    /// The cosine similarity, −1...1: summed in double precision, then rounded to float.
    public let similarity: Float

    /// Creates a match from its parts.
    public init(id: Int64, group: Int64, similarity: Float) {
        self.id = id
        self.group = group
        self.similarity = similarity
    }
}

/// The kind of values that a search reads.
///
/// The result is the same.
public enum VectorScan: String, CaseIterable, Hashable, Codable, Sendable {
    /// Floats, 4 bytes per value.
    case float
    /// Bytes, 1 byte per value, and a few floats.
    case int8
}
