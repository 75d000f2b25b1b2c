/// A list of triplets, each as three row numbers of a batch.
public struct Triplets: Sendable, Hashable {
    /// The rows of the anchors.
    public private(set) var anchors: [Int] = []
    /// The rows of the positives: other faces of the same people.
    public private(set) var positives: [Int] = []
    /// The rows of the negatives: faces of other people.
    public private(set) var negatives: [Int] = []

    /// Creates an empty list.
    public init() {}

    /// The number of triplets.
    public var count: Int { anchors.count }

    /// Adds a triplet.
    public mutating func append(anchor: Int, positive: Int, negative: Int) {
        anchors.append(anchor)
        positives.append(positive)
        negatives.append(negative)
    }
}

/// The distances of all pairs of a batch as plain numbers, for a miner.
public struct DistanceMatrix: Sendable {
    private let values: [Float]
    private let count: Int

    /// Creates a matrix of `count` rows.
    public init(_ values: [Float], count: Int) {
        precondition(values.count == count * count, "\(values.count) distances do not fit \(count) faces")
        (self.values, self.count) = (values, count)
    }

    /// The distance between two rows.
    public subscript(row: Int, column: Int) -> Float { values[row * count + column] }
}
