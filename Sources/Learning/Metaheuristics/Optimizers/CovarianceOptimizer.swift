import Foundation
import LikenessSupport

/// Covariance matrix adaptation (Hansen, *The CMA evolution strategy: a tutorial*, 2016, arXiv:1604.00772). When it
/// converges, it restarts with twice the members (Auger and Hansen, *A restart CMA evolution strategy with increasing
/// population size*, 2005).
///
/// It works in the unit cube. Points outside are reflected at the sides, and the strategy learns from the reflected
/// points.
struct CovarianceOptimizer: Optimizer {
    private let space: SearchSpace
    private var random: SplitMix64
    private var state: CovarianceState
    private var asked: [[Double]] = []

    /// Creates an optimizer that starts in the middle of the space.
    init(_ space: SearchSpace, seed: UInt64) {
        self.space = space
        random = SplitMix64(state: seed)
        state = CovarianceState(
            mean: Array(repeating: 0.5, count: space.count), size: 4 + Int(3 * log(Double(space.count))))
    }

    mutating func ask() -> [[Double]] {
        asked = (0..<state.size).map { _ in
            state.point(along: (0..<space.count).map { _ in random.normal() }).map(Self.reflected)
        }
        return asked.map { point in
            point.indices.map { space.lower[$0] + point[$0] * (space.upper[$0] - space.lower[$0]) }
        }
    }

    mutating func tell(_ costs: [Double]) {
        let order = costs.indices.sorted { costs[$0] < costs[$1] }
        state.learn(order.map { asked[$0] })
        if state.rests || costs.allSatisfy({ $0 == costs[0] }) {
            state = CovarianceState(mean: (0..<space.count).map { _ in random.unit() }, size: state.size * 2)
        }
    }

    /// Reflects a number at the ends of 0...1 until it lies inside.
    private static func reflected(_ number: Double) -> Double {
        guard number.isFinite else { return 0.5 }
        let folded = abs(number).truncatingRemainder(dividingBy: 2)
        return folded <= 1 ? folded : 2 - folded
    }
}

/// The state of the strategy, with the names of the tutorial.
struct CovarianceState: Sendable {
    let size: Int
    private var mean: [Double]
    private var sigma = 0.3
    private var covariance: SymmetricMatrix
    private var eigen: SymmetricMatrix.Eigen
    private var sigmaPath: [Double]
    private var covariancePath: [Double]
    private var generation = 0
    private let weights: [Double]
    private let mu: Double
    private let cSigma: Double, dSigma: Double, cC: Double, c1: Double, cMu: Double, chi: Double

    init(mean: [Double], size: Int) {
        let n = Double(mean.count)
        self.mean = mean
        self.size = size
        covariance = SymmetricMatrix(identity: mean.count)
        eigen = covariance.eigen()
        sigmaPath = Array(repeating: 0, count: mean.count)
        covariancePath = sigmaPath
        let raw = (1...max(size / 2, 1)).map { log(Double(size + 1) / 2) - log(Double($0)) }
        let sum = raw.reduce(0, +)
        weights = raw.map { $0 / sum }
        mu = 1 / weights.reduce(0) { $0 + $1 * $1 }
        cSigma = (mu + 2) / (n + mu + 5)
        dSigma = 1 + 2 * max(0, ((mu - 1) / (n + 1)).squareRoot() - 1) + cSigma
        cC = (4 + mu / n) / (n + 4 + 2 * mu / n)
        c1 = 2 / ((n + 1.3) * (n + 1.3) + mu)
        cMu = min(1 - c1, 2 * (mu - 2 + 1 / mu) / ((n + 2) * (n + 2) + mu))
        chi = n.squareRoot() * (1 - 1 / (4 * n) + 1 / (21 * n * n))
    }

    /// Whether steps are too short, or their lengths too unequal, to improve further.
    var rests: Bool {
        let largest = eigen.values.max() ?? 0, smallest = eigen.values.min() ?? 0
        return !sigma.isFinite || sigma * largest.squareRoot() < 1e-14 || smallest <= 0 || largest / smallest > 1e14
    }

    /// Returns the point for a vector of standard normal numbers.
    func point(along normal: [Double]) -> [Double] {
        let scaled = zip(normal, eigen.values).map { $0 * max($1, 0).squareRoot() }
        let step = eigen.rotated(scaled)
        return zip(mean, step).map { $0 + sigma * $1 }
    }

    /// Updates the state from a generation's points, which are ordered from best to worst.
    mutating func learn(_ points: [[Double]]) {
        generation += 1
        let steps = points.prefix(weights.count).map { zip($0, mean).map { ($0 - $1) / sigma } }
        var step = Array(repeating: 0.0, count: mean.count)
        for (weight, one) in zip(weights, steps) { for index in step.indices { step[index] += weight * one[index] } }
        mean = zip(mean, step).map { $0 + sigma * $1 }
        let n = Double(mean.count)
        // C^(-1/2) times the step of the mean.
        let whitened = eigen.rotated(
            zip(eigen.unrotated(step), eigen.values).map { $1 > 0 ? $0 / $1.squareRoot() : 0 })
        let pull = (cSigma * (2 - cSigma) * mu).squareRoot()
        sigmaPath = zip(sigmaPath, whitened).map { (1 - cSigma) * $0 + pull * $1 }
        let length = sigmaPath.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let expected = (1 - pow(1 - cSigma, 2 * Double(generation))).squareRoot()
        let isShort = length / expected < (1.4 + 2 / (n + 1)) * chi
        let push = isShort ? (cC * (2 - cC) * mu).squareRoot() : 0
        covariancePath = zip(covariancePath, step).map { (1 - cC) * $0 + push * $1 }
        let kept = 1 - c1 - cMu + (isShort ? 0 : c1 * cC * (2 - cC))
        covariance.scale(by: kept)
        covariance.add(covariancePath, weight: c1)
        for (weight, one) in zip(weights, steps) { covariance.add(one, weight: cMu * weight) }
        sigma *= exp((cSigma / dSigma) * (length / chi - 1))
        eigen = covariance.eigen()
    }
}
