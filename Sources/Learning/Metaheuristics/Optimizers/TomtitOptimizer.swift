import Foundation
import LikenessSupport

/// Tomtit flock optimization (Panteleev and Kolessa, *Application of the tomtit flock metaheuristic optimization
/// algorithm to the optimal discrete time deterministic dynamical control problem*, Algorithms 15 (9), 2022).
///
/// A pass has several iterations. In each, the leader, which is the best member, makes a Lévy flight. The flock settles
/// around it in a box that shrinks with γᵏ. Then every member follows a random path that is drawn to the leader and to
/// the best member of the memory, with noise and occasional jumps (a jump-diffusion process in Euler–Maruyama steps),
/// and keeps the best point of its path. The best member of each iteration enters the memory, and a new pass starts
/// from the best one in the memory. The paper leaves the constants to the user; the values below are our choice.
struct TomtitOptimizer: Optimizer {
    private enum Phase { case start, flock, path(step: Int) }

    /// The number of iterations in a pass.
    private static let passLength = 10
    /// The number of steps in a path, and the length of each.
    private static let steps = 2, stepLength = 0.3
    /// The factor by which the box around the leader shrinks in an iteration.
    private static let shrinking = 0.75
    /// The probability of a jump in a step of a path.
    private static let jumpRate = 0.05
    /// The exponent of the Lévy flight, and its length as a share of the box.
    private static let levyExponent = 1.5, levyScale = 0.01

    private let space: SearchSpace
    private let size: Int
    private let passes: Double
    private var random: SplitMix64
    private var phase = Phase.start
    private var iteration = 0
    private var pass = 0
    private var members = Population([], costs: [])
    /// The current points of the members on their paths; `members` holds the best point of each.
    private var walkers: [[Double]] = []
    /// The best members of earlier iterations, ordered from best to worst.
    private var memory: [(point: [Double], cost: Double)] = []
    private var asked: [[Double]] = []

    /// Creates an optimizer with `population` members that plans for `budget` evaluations.
    init(_ space: SearchSpace, population: Int, budget: Int, seed: UInt64) {
        self.space = space
        size = population
        let perPass = Self.passLength * population * (1 + Self.steps)
        passes = max(Double(budget - population) / Double(perPass), 1)
        random = SplitMix64(state: seed)
    }

    mutating func ask() -> [[Double]] {
        switch phase {
        case .start: asked = Population.drawn(size, from: space, &random)
        case .flock: asked = settled()
        case .path:
            walkers = walkers.map { walked($0) }
            asked = walkers
        }
        return asked
    }

    mutating func tell(_ costs: [Double]) {
        switch phase {
        case .start:
            members = Population(asked, costs: costs)
            remember()
            phase = .flock
        case .flock:
            members = Population(asked, costs: costs)
            walkers = asked
            phase = .path(step: 1)
        case .path(let step):
            members.move(to: asked, costing: costs)
            guard step == Self.steps else {
                phase = .path(step: step + 1)
                return
            }
            remember()
            iteration += 1
            if iteration == Self.passLength {
                iteration = 0
                pass += 1
            }
            phase = .flock
        }
    }

    /// Returns the leader after its flight and the others around it.
    private mutating func settled() -> [[Double]] {
        let leader = memory.first?.point ?? members.best, widths = space.widths
        // Later passes start in smaller boxes, so that the last one ends in a fine search.
        let box = pow(Self.shrinking, Double(iteration)) * pow(0.5, 10 * Double(pass) / passes)
        let flown = leader.indices.map { index in
            leader[index] + Self.levyScale * box * levy() * widths[index]
        }
        let others = (1..<size).map { _ in
            leader.indices.map { leader[$0] + (random.unit() - 0.5) * box * widths[$0] }
        }
        return ([flown] + others).map { space.clamped($0) }
    }

    /// Returns the next point of a path.
    private mutating func walked(_ place: [Double]) -> [Double] {
        let leader = members.best, known = memory[random.index(below: memory.count)].point
        return space.clamped(
            place.indices.map { index in
                let drift =
                    random.unit() * (leader[index] - place[index]) + random.unit() * (known[index] - place[index])
                let diffusion = (leader[index] - place[index]) * random.unit()
                var next = place[index] + drift * Self.stepLength
                next += diffusion * Self.stepLength.squareRoot() * random.normal()
                if random.unit() < Self.jumpRate * Self.stepLength {
                    next = space.lower[index] + random.unit() * (space.upper[index] - space.lower[index])
                }
                return next
            })
    }

    /// Draws a number from an approximate Lévy distribution with Mantegna's method (*Fast, accurate algorithm for
    /// numerical simulation of Lévy stable stochastic processes*, 1994).
    private mutating func levy() -> Double {
        let a = Self.levyExponent
        let top = tgamma(1 + a) * sin(.pi * a / 2), bottom = tgamma((1 + a) / 2) * a * pow(2, (a - 1) / 2)
        let u = random.normal() * pow(top / bottom, 1 / a), v = abs(random.normal())
        return u / pow(max(v, 1e-12), 1 / a)
    }

    private mutating func remember() {
        memory.append((members.best, members.bestCost))
        memory.sort { $0.cost < $1.cost }
        memory = Array(memory.prefix(Self.passLength))
    }
}
