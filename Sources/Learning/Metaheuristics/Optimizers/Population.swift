import LikenessSupport

/// The members of a population: their points and costs.
struct Population: Sendable {
    private(set) var points: [[Double]]
    private(set) var costs: [Double]

    init(_ points: [[Double]], costs: [Double]) {
        self.points = points
        self.costs = costs
    }

    /// Returns points drawn uniformly from the box (equation 5 of the DS-AEAN paper).
    static func drawn(_ count: Int, from space: SearchSpace, _ random: inout SplitMix64) -> [[Double]] {
        (0..<count).map { _ in
            zip(space.lower, space.upper).map { $0 + random.unit() * ($1 - $0) }
        }
    }

    var count: Int { points.count }

    /// The index of the member with the lowest cost.
    var bestIndex: Int { costs.indices.min { costs[$0] < costs[$1] } ?? 0 }
    var best: [Double] { points[bestIndex] }
    var bestCost: Double { costs[bestIndex] }
    var worstCost: Double { costs.max() ?? 0 }
    var meanCost: Double { costs.reduce(0, +) / Double(costs.count) }

    /// Returns the index of a random member that costs less than `member`, or of the best member if there is none.
    func better(than member: Int, _ random: inout SplitMix64) -> Int {
        let better = costs.indices.filter { costs[$0] < costs[member] }
        return better.isEmpty ? bestIndex : better[random.index(below: better.count)]
    }

    /// Moves each member to its new point if that costs no more (equations 7 and 9 of the DS-AEAN paper).
    ///
    /// - Returns: Whether each member moved.
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
