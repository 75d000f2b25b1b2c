/// A search without gradients, one batch of points at a time: it is asked for points, and told what they cost.
///
/// The points of a batch may be evaluated at once. Given the same costs, an optimizer of the same seed asks the same
/// points, so that a search resumes by telling it again what a journal holds.
public protocol Optimizer: Sendable {
    /// The points to be evaluated next, in the box of the space.
    mutating func ask() -> [[Double]]

    /// What the points cost that were last asked for, in their order: smaller is better. A cost that is not finite is
    /// worse than all that are.
    mutating func tell(_ costs: [Double])
}

/// The optimizers by name.
public enum OptimizerKind: String, Sendable, Hashable, CaseIterable, Codable {
    /// Addax optimization as published (Hamadneh et al., 2024).
    case aoa
    /// Paper C's enhanced addax optimization, as printed.
    case eaoa
    /// The same with a random sign for each dimension of a digging step.
    case signedEAOA = "eaoa-signed"
    /// The same with digging steps whose length follows their success.
    case adaptiveEAOA = "eaoa-adaptive"
    /// Reptile search (Abualigah et al., 2022).
    case rsa
    /// Tomtit flock optimization (Panteleev and Kolessa, 2022).
    case tfmoa
    /// Golf optimization (Montazeri et al., 2023).
    case goa
    /// Random search: what every other must beat.
    case random
    /// A tree-structured Parzen estimator (Bergstra et al., 2011).
    case tpe
    /// Covariance matrix adaptation with restarts (Hansen; Auger and Hansen, 2005).
    case cmaes = "cma-es"

    /// An optimizer of this kind.
    ///
    /// - Parameters:
    ///   - space: Where it searches.
    ///   - budget: How many evaluations there will be; some have a plan over all of them.
    ///   - population: How many members those have that keep a population; paper C: 10.
    ///   - seed: Another seed, another search.
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
