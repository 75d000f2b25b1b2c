/// Rows of a batch, three by three.
public struct Triplets: Sendable, Hashable {
    /// The faces that the others are compared with.
    public private(set) var anchors: [Int] = []
    /// Other faces of the anchors' people.
    public private(set) var positives: [Int] = []
    /// Faces of other people.
    public private(set) var negatives: [Int] = []

    /// No triplets yet.
    public init() {}

    /// How many there are.
    public var count: Int { anchors.count }

    /// One more.
    public mutating func append(anchor: Int, positive: Int, negative: Int) {
        anchors.append(anchor)
        positives.append(positive)
        negatives.append(negative)
    }
}

/// Distances of all pairs of a batch, as numbers that a miner can look at.
public struct DistanceMatrix: Sendable {
    private let values: [Float]
    private let count: Int

    /// A matrix of `count` rows.
    public init(_ values: [Float], count: Int) {
        precondition(values.count == count * count, "\(values.count) distances are not those of \(count) faces")
        (self.values, self.count) = (values, count)
    }

    /// The distance of two rows.
    public subscript(row: Int, column: Int) -> Float { values[row * count + column] }
}
