/// A gradient-free optimizer that proposes batches of points and then receives their costs.
///
/// The points of a batch can be evaluated in parallel. With the same seed and the same costs, an optimizer proposes the
/// same points. A search therefore resumes by reporting the costs from a journal again.
///
/// ```swift
/// let function = TestFunction(.rastrigin, dimension: 10, isShifted: true)
/// var optimizer = try OptimizerKind.cmaes.optimizer(function.space, budget: 1000, seed: 1)
/// var best = Double.infinity
/// for _ in 1...100 {
///     let costs = optimizer.ask().map { function.value($0) }
///     optimizer.tell(costs)
///     best = min(best, costs.min() ?? best)
/// }
/// ```
public protocol Optimizer: Sendable {
    /// Returns the next points to evaluate. They lie in the box of the space.
    mutating func ask() -> [[Double]]

    /// Reports the costs of the last proposed points, in their order; smaller is better. A cost that is not finite is
    /// worse than every finite one.
    mutating func tell(_ costs: [Double])
}

/// The optimizers by name.
public enum OptimizerKind: String, Sendable, Hashable, CaseIterable, Codable {
    /// Addax optimization as published (Hamadneh et al., 2024).
    case aoa
    /// The enhanced addax optimization of the DS-AEAN paper, as printed.
    case eaoa
    /// Enhanced addax optimization with a random sign for each dimension of a digging step.
    case signedEAOA = "eaoa-signed"
    /// Enhanced addax optimization with digging steps whose length follows their success.
    case adaptiveEAOA = "eaoa-adaptive"
    /// Reptile search (Abualigah et al., 2022).
    case rsa
    /// Tomtit flock optimization (Panteleev and Kolessa, 2022).
    case tfmoa
    /// Golf optimization (Montazeri et al., 2023).
    case goa
    /// Random search, the baseline that every other optimizer must beat.
    case random
    /// A tree-structured Parzen estimator (Bergstra et al., 2011).
    case tpe
    /// Covariance matrix adaptation with restarts (Hansen; Auger and Hansen, 2005).
    case cmaes = "cma-es"

    /// Creates an optimizer of this kind.
    ///
    /// - Parameters:
    ///   - space: The search space.
    ///   - budget: The number of evaluations; some optimizers plan over all of them.
    ///   - population: The number of members, for optimizers with a population; the DS-AEAN paper uses 10.
    ///   - seed: The seed of the random numbers.
    /// - Throws: ``MetaheuristicsError/budgetTooSmall(_:needed:)``.
    public func optimizer(
        _ space: SearchSpace, budget: Int, population: Int = 10, seed: UInt64
    ) throws(MetaheuristicsError) -> any Optimizer {
        guard budget >= population else { throw .budgetTooSmall(budget, needed: population) }
        switch self {
        case .aoa: return AddaxOptimizer(space, population: population, variant: .plain, seed: seed)
        case .eaoa: return AddaxOptimizer(space, population: population, variant: .enhanced, seed: seed)
        case .signedEAOA: return AddaxOptimizer(space, population: population, variant: .signed, seed: seed)
        case .adaptiveEAOA: return AddaxOptimizer(space, population: population, variant: .adaptive, seed: seed)
        case .rsa: return ReptileOptimizer(space, population: population, budget: budget, seed: seed)
        case .tfmoa: return TomtitOptimizer(space, population: population, budget: budget, seed: seed)
        case .goa: return GolfOptimizer(space, population: population, seed: seed)
        case .random: return RandomOptimizer(space, batch: population, seed: seed)
        case .tpe: return ParzenOptimizer(space, startup: population, seed: seed)
        case .cmaes: return CovarianceOptimizer(space, seed: seed)
        }
    }
}
