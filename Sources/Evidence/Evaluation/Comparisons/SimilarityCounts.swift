/// Counts similarities by half of their bits; counting twice finds any rank exactly, in fixed memory.
///
/// The bits of a float, with the sign inverted appropriately, sort like the numbers. The first count uses the upper 16
/// bits and finds the bin of a rank. The second count uses the lower 16 bits, within the requested bins.
enum SimilarityCounts {
    static let bins = 1 << 16

    /// Returns the bits of a similarity, mapped so that they sort like the numbers.
    static func key(_ similarity: Float) -> UInt32 {
        let bits = similarity.bitPattern
        return bits ^ (UInt32(bitPattern: Int32(bitPattern: bits) >> 31) | 0x8000_0000)
    }

    /// Returns the similarity with this ``key(_:)``.
    static func similarity(_ key: UInt32) -> Float {
        Float(bitPattern: key & 0x8000_0000 != 0 ? key ^ 0x8000_0000 : ~key)
    }

    /// The place of a rank.
    struct Place: Hashable {
        let bin: Int
        /// The number of impostor comparisons in the bins above.
        let impostorsAbove: Int
        /// The number of mated comparisons in the bins above.
        let matedAbove: Int
    }

    /// Finds the impostor comparison with the given rank, from the highest bin downwards.
    ///
    /// - Returns: The place; `nil` if there are no more than `rank` comparisons.
    static func place(rank: Int, mated: some Collection<Int>, impostors: some Collection<Int>) -> Place? {
        var impostorsAbove = 0, matedAbove = 0
        for (offset, counts) in zip(mated, impostors).reversed().enumerated() {
            if rank < impostorsAbove + counts.1 {
                return Place(bin: bins - 1 - offset, impostorsAbove: impostorsAbove, matedAbove: matedAbove)
            }
            matedAbove += counts.0
            impostorsAbove += counts.1
        }
        return nil
    }
}

/// Counts by the upper half of the bits.
struct CoarseCounts: SimilaritySink {
    private(set) var mated = Array(repeating: 0, count: SimilarityCounts.bins)
    private(set) var impostors = Array(repeating: 0, count: SimilarityCounts.bins)

    mutating func add(_ similarities: UnsafeBufferPointer<Float>, mated isMated: Bool, at _: (row: Int, column: Int)) {
        if isMated { Self.count(similarities, in: &mated) } else { Self.count(similarities, in: &impostors) }
    }

    private static func count(_ similarities: UnsafeBufferPointer<Float>, in counts: inout [Int]) {
        counts.withUnsafeMutableBufferPointer { counts in
            for similarity in similarities { counts[Int(SimilarityCounts.key(similarity) >> 16)] &+= 1 }
        }
    }

    mutating func merge(_ other: CoarseCounts) {
        for bin in mated.indices {
            mated[bin] += other.mated[bin]
            impostors[bin] += other.impostors[bin]
        }
    }
}

/// Counts by the lower half of the bits, for the requested upper halves.
struct FineCounts: SimilaritySink {
    /// For each upper half, the start of its counts; −1 if it is not requested.
    private let starts: [Int]
    private var mated: [Int]
    private var impostors: [Int]

    init(bins: Set<Int>) {
        var starts = Array(repeating: -1, count: SimilarityCounts.bins)
        for (index, bin) in bins.sorted().enumerated() { starts[bin] = index * SimilarityCounts.bins }
        self.starts = starts
        mated = Array(repeating: 0, count: bins.count * SimilarityCounts.bins)
        impostors = mated
    }

    mutating func add(_ similarities: UnsafeBufferPointer<Float>, mated isMated: Bool, at _: (row: Int, column: Int)) {
        if isMated {
            Self.count(similarities, in: &mated, starts: starts)
        } else {
            Self.count(similarities, in: &impostors, starts: starts)
        }
    }

    private static func count(_ similarities: UnsafeBufferPointer<Float>, in counts: inout [Int], starts: [Int]) {
        counts.withUnsafeMutableBufferPointer { counts in
            starts.withUnsafeBufferPointer { starts in
                for similarity in similarities {
                    let key = SimilarityCounts.key(similarity)
                    let start = starts[Int(key >> 16)]
                    if start >= 0 { counts[start + Int(key & 0xFFFF)] &+= 1 }
                }
            }
        }
    }

    mutating func merge(_ other: FineCounts) {
        for index in mated.indices {
            mated[index] += other.mated[index]
            impostors[index] += other.impostors[index]
        }
    }

    /// Returns the exact place of a rank in a bin of the first count.
    func place(rank: Int, in bin: Int) -> SimilarityCounts.Place? {
        let range = starts[bin]..<starts[bin] + SimilarityCounts.bins
        return SimilarityCounts.place(rank: rank, mated: mated[range], impostors: impostors[range])
    }
}
