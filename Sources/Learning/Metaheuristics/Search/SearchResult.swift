/// One evaluation of a search.
public struct SearchEvaluation: Sendable, Hashable, Codable {
    /// Which one it was, from 1.
    public let number: Int
    /// What the variables were.
    public let values: [String: SearchValue]
    /// What it cost; `nil` where that was no finite number, or the evaluation failed.
    public let cost: Double?
    /// How long it took, in seconds.
    public let seconds: Double
    /// Why it has no cost.
    public let failure: String?

    /// An evaluation from its parts.
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

/// What a search has found.
public struct SearchResult: Sendable, Hashable {
    /// All evaluations, in the order in which they were asked for.
    public let evaluations: [SearchEvaluation]

    /// The one with the least cost; `nil` where none has a cost.
    public var best: SearchEvaluation? {
        evaluations.filter { $0.cost != nil }.min { ($0.cost ?? .infinity) < ($1.cost ?? .infinity) }
    }

    /// The least cost so far, after each evaluation.
    public var convergence: [Double] {
        var least = Double.infinity
        return evaluations.map { evaluation in
            least = min(least, evaluation.cost ?? .infinity)
            return least
        }
    }

    /// A result from its evaluations.
    public init(evaluations: [SearchEvaluation]) { self.evaluations = evaluations }
}
