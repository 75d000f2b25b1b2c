/// The `limit` best groups so far, each with the lower bound of its best row's similarity.
struct GroupCutoff {
    let limit: Int
    private var groups: [Int64] = []
    private var surely: [Float] = []
    private var least = 0
    /// The similarity that a row's upper bound must reach: the lowest of the best groups, or −∞ as long as there are
    /// fewer than `limit`.
    private(set) var value = -Float.infinity

    init(limit: Int) {
        self.limit = limit
        groups.reserveCapacity(limit)
        surely.reserveCapacity(limit)
    }

    /// Returns whether a row of `group` with the upper bound `upper` can change the result.
    func admits(_ group: Int64, upper: Float) -> Bool {
        guard upper >= value else { return false }
        guard let place = groups.firstIndex(of: group) else { return true }
        return upper >= surely[place]
    }

    /// Records a row of `group` with the lower bound `lower`.
    mutating func offer(_ group: Int64, lower: Float) {
        if let place = groups.firstIndex(of: group) {
            guard lower > surely[place] else { return }
            surely[place] = lower
            if place == least { findLeast() }
        } else if groups.count < limit {
            groups.append(group)
            surely.append(lower)
            findLeast()
        } else if lower > value {
            groups[least] = group
            surely[least] = lower
            findLeast()
        }
    }

    /// Adds the records of another thread.
    mutating func merge(_ other: GroupCutoff) {
        for (group, lower) in zip(other.groups, other.surely) { offer(group, lower: lower) }
    }

    private mutating func findLeast() {
        guard groups.count == limit else { return }
        least = surely.indices.min { surely[$0] < surely[$1] } ?? 0
        value = surely[least]
    }
}
