/// The `limit` best groups seen so far, each with the similarity that its best row surely has.
struct GroupCutoff {
    let limit: Int
    private var groups: [Int64] = []
    private var surely: [Float] = []
    private var least = 0
    /// What a row must possibly reach to matter: the least of the best, once there are `limit` of them.
    private(set) var value = -Float.infinity

    init(limit: Int) {
        self.limit = limit
        groups.reserveCapacity(limit)
        surely.reserveCapacity(limit)
    }

    /// Returns whether a row of `group` that is possibly as similar as `upper` can change the result.
    func admits(_ group: Int64, upper: Float) -> Bool {
        guard upper >= value else { return false }
        guard let place = groups.firstIndex(of: group) else { return true }
        return upper >= surely[place]
    }

    /// Takes note of a row of `group` that is surely as similar as `lower`.
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

    /// Takes note of what another thread has seen.
    mutating func merge(_ other: GroupCutoff) {
        for (group, lower) in zip(other.groups, other.surely) { offer(group, lower: lower) }
    }

    private mutating func findLeast() {
        guard groups.count == limit else { return }
        least = surely.indices.min { surely[$0] < surely[$1] } ?? 0
        value = surely[least]
    }
}
