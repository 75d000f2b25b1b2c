import LikenessSupport

/// Members of a search, each with its place and what it costs there.
struct Population: Sendable {
    private(set) var points: [[Double]]
    private(set) var costs: [Double]

    init(_ points: [[Double]], costs: [Double]) {
        self.points = points
        self.costs = costs
    }

    /// Places drawn evenly from the box (paper C, equation 5).
    static func drawn(_ count: Int, from space: SearchSpace, _ random: inout SplitMix64) -> [[Double]] {
        (0..<count).map { _ in
            zip(space.lower, space.upper).map { $0 + random.unit() * ($1 - $0) }
        }
    }

    var count: Int { points.count }

    /// The place in the list of the member with the least cost.
    var bestIndex: Int { costs.indices.min { costs[$0] < costs[$1] } ?? 0 }
    var best: [Double] { points[bestIndex] }
    var bestCost: Double { costs[bestIndex] }
    var worstCost: Double { costs.max() ?? 0 }
    var meanCost: Double { costs.reduce(0, +) / Double(costs.count) }

    /// The place of a member that costs less than `member`, drawn at random; the best one's where there is none.
    func better(than member: Int, _ random: inout SplitMix64) -> Int {
        let better = costs.indices.filter { costs[$0] < costs[member] }
        return better.isEmpty ? bestIndex : better[random.index(below: better.count)]
    }

    /// Each member goes to its new place where that costs no more (paper C, equations 7 and 9).
    ///
    /// - Returns: Which members went.
    @discardableResult
    mutating func move(to places: [[Double]], costing costs: [Double]) -> [Bool] {
        zip(places, costs).enumerated().map { index, candidate in
            guard candidate.1 <= self.costs[index] else { return false }
            points[index] = candidate.0
            self.costs[index] = candidate.1
            return true
        }
    }
}
