import LikenessSupport

/// Addax optimization, and its enhancement of paper C (equations 4 to 9).
///
/// Each iteration has two steps, for all members at once. *Foraging*: towards a better member, F' = F + G (CA − I F), I
/// drawn from {1, 2} for each dimension. *Digging*: F'' = F + (1 − 2 G) (upper − lower) / t, t being the iteration. A
/// member moves where the new place costs no more.
///
/// In plain addax optimization (Hamadneh et al., *Addax optimization algorithm*, 2024) G is drawn anew for each
/// dimension. The enhancement takes G = V / (best + worst + mean), V being the member's own cost, cut to 0...1; where the
/// denominator vanishes or is not finite, G is drawn. The paper prints the foraging step without I; it is here as in its
/// source, which the paper says it starts from.
struct AddaxOptimizer: Optimizer {
    /// What the two steps take for random.
    enum Variant: Sendable, Hashable {
        /// G is drawn.
        case plain
        /// G is equation 4, as printed. (1 − 2 G) then has one sign for all dimensions: with costs 1 / accuracy it is
        /// nearly always positive, and digging goes one way only.
        case enhanced
        /// Equation 4, and a random sign for each dimension of a digging step.
        case signed
        /// Equation 4 in foraging, without the I: with I = 2 members are drawn to the origin of the coordinates, wherever
        /// the least cost is. Digging takes its length from success and from the herd in place of 1 / t, which after a
        /// thousand iterations still is a thousandth of the box: by turns a random step in one dimension, whose length there
        /// grows with success and shrinks with failure (the one-fifth rule: Rechenberg, *Evolutionsstrategie*, 1973), and
        /// the way from one other member to another, which knows how long and narrow the valley is (Storn and Price,
        /// *Differential evolution*, 1997).
        case adaptive
    }

    private enum Phase { case start, foraging, digging }

    private let space: SearchSpace
    private let size: Int
    private let variant: Variant
    private var random: SplitMix64
    private var phase = Phase.start
    private var iteration = 1
    private var members = Population([], costs: [])
    private var asked: [[Double]] = []
    /// How long digging steps are in each dimension, as shares of the box; in use where they adapt.
    private var reaches: [Double]
    /// The dimension that each member digs in; in use where steps adapt.
    private var dimensions: [Int]

    /// An optimizer of `population` members; paper C: 10.
    init(_ space: SearchSpace, population: Int, variant: Variant, seed: UInt64) {
        self.space = space
        size = population
        self.variant = variant
        random = SplitMix64(state: seed)
        reaches = Array(repeating: 0.5, count: space.count)
        dimensions = Array(repeating: 0, count: population)
    }

    mutating func ask() -> [[Double]] {
        switch phase {
        case .start: asked = Population.drawn(size, from: space, &random)
        case .foraging: asked = (0..<members.count).map { foraged($0) }
        case .digging: asked = (0..<members.count).map { dug($0) }
        }
        return asked
    }

    mutating func tell(_ costs: [Double]) {
        switch phase {
        case .start:
            members = Population(asked, costs: costs)
            phase = .foraging
        case .foraging:
            members.move(to: asked, costing: costs)
            phase = .digging
        case .digging:
            let moved = members.move(to: asked, costing: costs)
            for (index, didMove) in moved.enumerated() where !followsHerd {
                // At one success in five the two balance: 1.5 · (1.5 ^ −1/4)⁴ = 1.
                let dimension = dimensions[index]
                reaches[dimension] = min(reaches[dimension] * (didMove ? 1.5 : 0.903_602_003_6), 0.5)
            }
            phase = .foraging
            iteration += 1
        }
    }

    private mutating func foraged(_ member: Int) -> [Double] {
        let other = members.points[members.better(than: member, &random)], own = members.points[member]
        let weight = weight(of: member)
        return space.clamped(
            own.indices.map { index in
                let share = weight ?? random.unit()
                let repulsion = variant == .adaptive ? 1 : Double(1 + random.index(below: 2))
                return own[index] + share * (other[index] - repulsion * own[index])
            })
    }

    /// Whether this iteration's digging takes the way between two members.
    private var followsHerd: Bool { variant == .adaptive && iteration % 2 == 0 }

    private mutating func dug(_ member: Int) -> [Double] {
        if variant == .adaptive { return followsHerd ? dugAlongHerd(member) : dugInOneDimension(member) }
        let own = members.points[member], weight = weight(of: member), widths = space.widths
        return space.clamped(
            own.indices.map { index in
                let step: Double
                switch variant {
                case .signed:
                    let sign = random.index(below: 2) == 0 ? 1.0 : -1
                    step = sign * (1 - 2 * (weight ?? random.unit())) / Double(iteration)
                default:
                    step = (1 - 2 * (weight ?? random.unit())) / Double(iteration)
                }
                return own[index] + step * widths[index]
            })
    }

    private mutating func dugInOneDimension(_ member: Int) -> [Double] {
        let dimension = random.index(below: space.count)
        dimensions[member] = dimension
        var place = members.points[member]
        place[dimension] += (1 - 2 * random.unit()) * reaches[dimension] * space.widths[dimension]
        return space.clamped(place)
    }

    private mutating func dugAlongHerd(_ member: Int) -> [Double] {
        let own = members.points[member], first = members.points[random.index(below: members.count)]
        let second = members.points[random.index(below: members.count)], share = 0.3 + 0.7 * random.unit()
        return space.clamped(own.indices.map { own[$0] + share * (first[$0] - second[$0]) })
    }

    /// G of equation 4; `nil` where it is to be drawn.
    private func weight(of member: Int) -> Double? {
        guard variant != .plain else { return nil }
        let sum = members.bestCost + members.worstCost + members.meanCost
        guard sum.isFinite, sum != 0 else { return nil }
        return min(max(members.costs[member] / sum, 0), 1)
    }
}
