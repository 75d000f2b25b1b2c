import Foundation
import LikenessSupport

/// A tree-structured Parzen estimator (Bergstra et al., *Algorithms for hyper-parameter optimization*, 2011).
///
/// The evaluated points are divided into the best tenth and the rest. For each variable, a density l is estimated from
/// the best points and a density g from the others. Of 24 numbers drawn from l, the one with the largest l / g is
/// chosen. Each point depends on all earlier ones, so a batch has one point.
struct ParzenOptimizer: Optimizer {
    private static let candidates = 24
    /// The share of the evaluated points that counts as good, and their largest number.
    private static let goodShare = 0.1, goodLimit = 25

    private let space: SearchSpace
    private let startup: Int
    private var random: SplitMix64
    private var points: [[Double]] = []
    private var costs: [Double] = []
    private var asked: [[Double]] = []

    /// Creates an optimizer that starts with `startup` uniformly drawn points.
    init(_ space: SearchSpace, startup: Int, seed: UInt64) {
        self.space = space
        self.startup = startup
        random = SplitMix64(state: seed)
    }

    mutating func ask() -> [[Double]] {
        if points.isEmpty {
            asked = Population.drawn(startup, from: space, &random)
        } else {
            let order = costs.indices.sorted { costs[$0] < costs[$1] }
            let count = min(Int((Self.goodShare * Double(order.count)).rounded(.up)), Self.goodLimit)
            let good = order.prefix(count).map { points[$0] }, rest = order.dropFirst(count).map { points[$0] }
            asked = [(0..<space.count).map { proposed($0, good: good.map(\.[$0]), rest: rest.map(\.[$0])) }]
        }
        return asked
    }

    mutating func tell(_ costs: [Double]) {
        points += asked
        self.costs += costs
    }

    private mutating func proposed(_ variable: Int, good: [Double], rest: [Double]) -> Double {
        let range = space.lower[variable]...space.upper[variable]
        let likely: any ParzenDensity, unlikely: any ParzenDensity
        if let categories = space.variables[variable].categories {
            likely = CategoryDensity(good, categories: categories)
            unlikely = CategoryDensity(rest, categories: categories)
        } else {
            likely = GaussianDensity(good, in: range)
            unlikely = GaussianDensity(rest, in: range)
        }
        var best = (ratio: -Double.infinity, number: range.lowerBound)
        for _ in 0..<Self.candidates {
            let number = likely.draw(&random)
            let ratio = likely.logDensity(number) - unlikely.logDensity(number)
            if ratio > best.ratio { best = (ratio, number) }
        }
        return best.number
    }
}

/// A probability density of one variable.
private protocol ParzenDensity {
    func draw(_ random: inout SplitMix64) -> Double
    func logDensity(_ number: Double) -> Double
}

/// A mixture of normal densities: one at each number, truncated at the ends of the range, and a wide one for the
/// unexplored part.
private struct GaussianDensity: ParzenDensity {
    private let range: ClosedRange<Double>
    private let means: [Double]
    private let deviations: [Double]

    init(_ numbers: [Double], in range: ClosedRange<Double>) {
        self.range = range
        let width = range.upperBound - range.lowerBound, middle = range.lowerBound + width / 2
        let means = (numbers + [middle]).sorted()
        self.means = means
        let least = width / min(100, Double(means.count + 1))
        // The width of a density is the distance to the farther neighbor; the density in the middle is as wide as the
        // range.
        deviations = means.indices.map { index in
            if means[index] == middle { return width }
            let left = means[index] - (index > 0 ? means[index - 1] : range.lowerBound)
            let right = (index + 1 < means.count ? means[index + 1] : range.upperBound) - means[index]
            return min(max(max(left, right), least), width)
        }
    }

    func draw(_ random: inout SplitMix64) -> Double {
        let index = random.index(below: means.count)
        // At least two fifths of each density lie in the range, so few draws are needed.
        for _ in 0..<1000 {
            let number = means[index] + deviations[index] * random.normal()
            if range.contains(number) { return number }
        }
        return means[index]
    }

    func logDensity(_ number: Double) -> Double {
        var sum = 0.0
        for (mean, deviation) in zip(means, deviations) {
            let inside =
                Self.cumulative((range.upperBound - mean) / deviation)
                - Self.cumulative((range.lowerBound - mean) / deviation)
            let z = (number - mean) / deviation
            sum += exp(-z * z / 2) / (deviation * inside)
        }
        return log(max(sum / Double(means.count), Double.leastNormalMagnitude))
    }

    private static func cumulative(_ z: Double) -> Double { erfc(-z / 2.0.squareRoot()) / 2 }
}

/// Category frequencies, with one added to each count.
private struct CategoryDensity: ParzenDensity {
    private let shares: [Double]

    init(_ numbers: [Double], categories: Int) {
        var counts = Array(repeating: 1.0, count: categories)
        for number in numbers { counts[min(max(Int(number.rounded()), 0), categories - 1)] += 1 }
        let total = counts.reduce(0, +)
        shares = counts.map { $0 / total }
    }

    func draw(_ random: inout SplitMix64) -> Double {
        var left = random.unit()
        for (index, share) in shares.enumerated() {
            left -= share
            if left < 0 { return Double(index) }
        }
        return Double(shares.count - 1)
    }

    func logDensity(_ number: Double) -> Double {
        log(shares[min(max(Int(number.rounded()), 0), shares.count - 1)])
    }
}
