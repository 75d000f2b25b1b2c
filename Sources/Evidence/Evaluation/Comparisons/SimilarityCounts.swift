/// How often similarities occur, by half of their bits: counting twice selects any rank exactly, in fixed memory.
///
/// The bits of a float, with the sign's meaning turned about, order as the numbers do. A first count goes by the upper
/// 16 of them; it tells in which bin a rank lies. A second one goes by the lower 16, within the bins that were asked
/// for.
enum SimilarityCounts {
    static let bins = 1 << 16

    /// Bits that order as the numbers do.
    static func key(_ similarity: Float) -> UInt32 {
        let bits = similarity.bitPattern
        return bits ^ (UInt32(bitPattern: Int32(bitPattern: bits) >> 31) | 0x8000_0000)
    }

    /// Returns the number whose ``key(_:)`` it is.
    static func similarity(_ key: UInt32) -> Float {
        Float(bitPattern: key & 0x8000_0000 != 0 ? key ^ 0x8000_0000 : ~key)
    }

    /// Where a rank lies.
    struct Place: Hashable {
        let bin: Int
        /// Impostor comparisons in the bins above.
        let impostorsAbove: Int
        /// Mated comparisons in the bins above.
        let matedAbove: Int
    }

    /// Finds the impostor comparison below which all but `rank` lie, from the highest bin downwards.
    ///
    /// - Returns: `nil` if there are no more than `rank`.
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

/// Counts by the lower half of the bits, for those upper halves that matter.
struct FineCounts: SimilaritySink {
    /// For each upper half, where its counts begin; −1 if it does not matter.
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
