import LikenessSupport

/// Reptile search (Abualigah et al., *Reptile search algorithm: a nature-inspired meta-heuristic optimizer*, 2022).
///
/// In the first half of the iterations the members encircle the best member (high walking, belly walking); in the
/// second half they hunt (coordination, cooperation). α = 0.1 and β = 0.005, as in the authors' code. A member moves if
/// the new point costs no more.
struct ReptileOptimizer: Optimizer {
    private static let alpha = 0.1
    private static let beta = 0.005
    /// A small number that keeps quotients finite.
    private static let epsilon = Double.ulpOfOne

    private let space: SearchSpace
    private let size: Int
    private let iterations: Int
    private var random: SplitMix64
    private var iteration = 0
    private var members = Population([], costs: [])
    private var asked: [[Double]] = []

    /// Creates an optimizer with `population` members that plans for `budget` evaluations.
    init(_ space: SearchSpace, population: Int, budget: Int, seed: UInt64) {
        self.space = space
        size = population
        iterations = max((budget - population) / population, 1)
        random = SplitMix64(state: seed)
    }

    mutating func ask() -> [[Double]] {
        if iteration == 0 {
            asked = Population.drawn(size, from: space, &random)
        } else {
            // The paper's evolutionary sense: it falls from 2 to 0 and has a random sign.
            let sense = 2 * random.normal() * (1 - Double(iteration) / Double(iterations))
            asked = (0..<members.count).map { moved($0, sense: sense) }
        }
        return asked
    }

    mutating func tell(_ costs: [Double]) {
        if iteration == 0 {
            members = Population(asked, costs: costs)
        } else {
            members.move(to: asked, costing: costs)
        }
        iteration += 1
    }

    private mutating func moved(_ member: Int, sense: Double) -> [Double] {
        let own = members.points[member], best = members.best, widths = space.widths
        let mean = own.reduce(0, +) / Double(own.count)
        let quarter = min(4 * iteration / iterations, 3)
        return space.clamped(
            own.indices.map { index in
                let goal = best[index]
                let other = members.points[random.index(below: members.count)][index]
                let reduce = (goal - other) / (goal + Self.epsilon)
                let percentage = Self.alpha + (own[index] - mean) / (goal * widths[index] + Self.epsilon)
                let hunting = goal * percentage
                return switch quarter {
                case 0: goal - hunting * Self.beta - reduce * random.unit()
                case 1: goal * other * sense * random.unit()
                case 2: goal * percentage * random.unit()
                default: goal - hunting * Self.epsilon - reduce * random.unit()
                }
            })
    }
}
