/// One evaluation of a search.
public struct SearchEvaluation: Sendable, Hashable, Codable {
    /// The evaluation's number, from 1.
    public let number: Int
    /// The values of the variables.
    public let values: [String: SearchValue]
    /// The cost; `nil` if it was not finite or the evaluation failed.
    public let cost: Double?
    /// The duration in seconds.
    public let seconds: Double
    /// The reason why the evaluation has no cost.
    public let failure: String?

    /// Creates an evaluation from its parts.
    public init(
        number: Int, values: [String: SearchValue], cost: Double?, seconds: Double, failure: String? = nil
    ) {
        self.number = number
        self.values = values
        self.cost = cost
        self.seconds = seconds
        self.failure = failure
    }
}

/// The result of a search.
public struct SearchResult: Sendable, Hashable {
    /// All evaluations, in the order in which they were proposed.
    public let evaluations: [SearchEvaluation]

    /// The evaluation with the lowest cost; `nil` if none has a cost.
    public var best: SearchEvaluation? {
        evaluations.filter { $0.cost != nil }.min { ($0.cost ?? .infinity) < ($1.cost ?? .infinity) }
    }

    /// The lowest cost so far, after each evaluation.
    public var convergence: [Double] {
        var least = Double.infinity
        return evaluations.map { evaluation in
            least = min(least, evaluation.cost ?? .infinity)
            return least
        }
    }

    /// Creates a result from its evaluations.
    public init(evaluations: [SearchEvaluation]) { self.evaluations = evaluations }
}
