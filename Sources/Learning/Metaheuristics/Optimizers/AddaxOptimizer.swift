import LikenessSupport

/// Addax optimization, and the enhanced version of the DS-AEAN paper (Scientific Reports 15:17594, 2025, equations 4 to
/// 9).
///
/// Each iteration has two steps for all members. *Foraging* moves toward a better member: F' = F + G (CA − I F), with I
/// drawn from {1, 2} for each dimension. *Digging* moves by a shrinking distance: F'' = F + (1 − 2 G) (upper − lower) /
/// t, where t is the iteration. A member moves if the new point costs no more.
///
/// In plain addax optimization (Hamadneh et al., *Addax optimization algorithm*, 2024), G is drawn anew for each
/// dimension. The enhanced version uses G = V / (best + worst + mean), where V is the member's own cost, limited to
/// 0...1; if the denominator is zero or not finite, G is drawn. The DS-AEAN paper prints the foraging step without I.
/// This code keeps I, as in the original algorithm, on which the paper says it builds.
struct AddaxOptimizer: Optimizer {
    /// The variants of the algorithm.
    enum Variant: Sendable, Hashable {
        /// G is random.
        case plain
        /// G follows equation 4 as printed. (1 − 2 G) then has the same sign in all dimensions. If costs are 1 /
        /// accuracy, it is nearly always positive, and digging moves in one direction only.
        case enhanced
        /// Equation 4, with a random sign for each dimension of a digging step.
        case signed
        /// Equation 4 in foraging, without I. With I = 2, members are drawn toward the origin of the coordinates,
        /// wherever the minimum is.
        ///
        /// The length of digging steps follows their success and the other members instead of 1 / t, which is still a
        /// thousandth of the box after a thousand iterations. Two kinds of digging steps alternate. The first is a
        /// random step in one dimension; its length grows with success and shrinks with failure (the one-fifth rule:
        /// Rechenberg, *Evolutionsstrategie*, 1973). The second is the difference of two other members, which follows
        /// the shape of the valley (Storn and Price, *Differential evolution*, 1997).
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
    /// The length of digging steps in each dimension, as shares of the box. Used only by the adaptive variant.
    private var reaches: [Double]
    /// The dimension in which each member digs. Used only by the adaptive variant.
    private var dimensions: [Int]

    /// Creates an optimizer with `population` members; the DS-AEAN paper uses 10.
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
                // One success in five steps keeps the length constant: 1.5 · (1.5 ^ −1/4)⁴ = 1.
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

    /// Whether this iteration's digging step is the difference of two members.
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

    /// Returns G of equation 4; `nil` if G is random.
    private func weight(of member: Int) -> Double? {
        guard variant != .plain else { return nil }
        let sum = members.bestCost + members.worstCost + members.meanCost
        guard sum.isFinite, sum != 0 else { return nil }
        return min(max(members.costs[member] / sum, 0), 1)
    }
}
