import Pixels

/// A hash of a picture that hardly changes if the picture is scaled, compressed or brightened.
///
/// Each of its 64 bits tells whether a pixel of the picture, shrunk to 9 × 8 gray pixels, is darker than its right
/// neighbor.
struct DifferenceHash: Hashable, Sendable {
    private let bits: UInt64

    /// The number of bits in which near-duplicates differ at most.
    static let greatestDistance = 10

    /// Creates the hash of a picture.
    init(_ image: Image) {
        let gray = image.resized(width: 9, height: 8).luminance
        bits = (0..<64).reduce(0) { bits, place in
            let at = place / 8 * 9 + place % 8
            return bits << 1 | (gray[at] < gray[at + 1] ? 1 : 0)
        }
    }

    /// Returns the number of bits in which two hashes differ.
    func distance(to other: DifferenceHash) -> Int { (bits ^ other.bits).nonzeroBitCount }

    /// Returns the group of each hash: near-duplicates, and near-duplicates of these, are in one group. A group has the
    /// number of its first member.
    static func groups(of hashes: [DifferenceHash]) -> [Int] {
        var first = Array(hashes.indices)
        func root(_ index: Int) -> Int {
            var index = index
            while first[index] != index { index = first[index] }
            return index
        }
        for index in hashes.indices {
            for other in 0..<index where hashes[index].distance(to: hashes[other]) <= greatestDistance {
                let (one, two) = (root(index), root(other))
                first[max(one, two)] = min(one, two)
            }
        }
        return hashes.indices.map(root)
    }
}
