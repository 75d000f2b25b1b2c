import LikenessSupport

/// Golf optimization (Montazeri et al., *Golf optimization algorithm: a new game-based metaheuristic algorithm and its
/// application to energy commitment problem*, 2023).
///
/// Each iteration has a long shot toward the best member, x + r (best − I x) with I drawn from {1, 2}, and then a short
/// one, x + (1 − 2 r) (lower + r (upper − lower)) / t. A shot is kept if it costs no more.
struct GolfOptimizer: Optimizer {
    private enum Phase { case start, long, short }

    private let space: SearchSpace
    private let size: Int
    private var random: SplitMix64
    private var phase = Phase.start
    private var iteration = 1
    private var members = Population([], costs: [])
    private var asked: [[Double]] = []

    /// Creates an optimizer with `population` members.
    init(_ space: SearchSpace, population: Int, seed: UInt64) {
        self.space = space
        size = population
        random = SplitMix64(state: seed)
    }

    mutating func ask() -> [[Double]] {
        switch phase {
        case .start: asked = Population.drawn(size, from: space, &random)
        case .long: asked = (0..<members.count).map { long($0) }
        case .short: asked = (0..<members.count).map { short($0) }
        }
        return asked
    }

    mutating func tell(_ costs: [Double]) {
        switch phase {
        case .start:
            members = Population(asked, costs: costs)
            phase = .long
        case .long:
            members.move(to: asked, costing: costs)
            phase = .short
        case .short:
            members.move(to: asked, costing: costs)
            phase = .long
            iteration += 1
        }
    }

    private mutating func long(_ member: Int) -> [Double] {
        let own = members.points[member], best = members.best
        return space.clamped(
            own.indices.map { index in
                let share = random.unit(), repulsion = Double(1 + random.index(below: 2))
                return own[index] + share * (best[index] - repulsion * own[index])
            })
    }

    private mutating func short(_ member: Int) -> [Double] {
        let own = members.points[member]
        return space.clamped(
            own.indices.map { index in
                let share = random.unit()
                let place = space.lower[index] + share * (space.upper[index] - space.lower[index])
                return own[index] + (1 - 2 * share) * place / Double(iteration)
            })
    }
}
