import Foundation
import LikenessSupport

/// A search by an optimizer, within a budget of evaluations.
///
/// ```swift
/// let space = try SearchSpace([SearchVariable("x", .real(-5...5)), SearchVariable("n", .integer(1...9))])
/// let search = try Search(space, by: .adaptiveEAOA, budget: 100, seed: 1)
/// let result = try await search.run { values in
///     let x = values["x"]?.number ?? 0, n = values["n"]?.number ?? 0
///     return x * x + (n - 3) * (n - 3)
/// }
/// print(result.best?.values ?? [:], result.best?.cost ?? .infinity)
/// ```
public struct Search: Sendable {
    /// The search space.
    public let space: SearchSpace
    /// The kind of optimizer.
    public let kind: OptimizerKind
    /// The number of evaluations.
    public let budget: Int
    /// The number of members in a population.
    public let population: Int
    /// The seed of the random numbers.
    public let seed: UInt64
    /// The number of parallel evaluations.
    public let workers: Int

    /// Creates a search from its parts.
    ///
    /// - Throws: ``MetaheuristicsError/budgetTooSmall(_:needed:)``.
    public init(
        _ space: SearchSpace, by kind: OptimizerKind, budget: Int, population: Int = 10, seed: UInt64 = 1,
        workers: Int = 1
    ) throws(MetaheuristicsError) {
        precondition(workers > 0 && population > 1, "there must be at least one worker and two members")
        guard budget >= population else { throw .budgetTooSmall(budget, needed: population) }
        self.space = space
        self.kind = kind
        self.budget = budget
        self.population = population
        self.seed = seed
        self.workers = workers
    }

    /// Runs the search.
    ///
    /// An evaluation that throws an error has no cost, and the search continues. Canceling the task ends it.
    ///
    /// - Parameters:
    ///   - journal: A journal that keeps each evaluation and supplies those of an interrupted run.
    ///   - report: Called for each evaluation in order, including those from the journal.
    ///   - cost: Returns the cost of values; smaller is better.
    /// - Throws: ``MetaheuristicsError`` if the journal belongs to another search or can't be written;
    ///   `CancellationError`.
    public func run(
        journal: SearchJournal? = nil, report: (SearchEvaluation) -> Void = { _ in },
        cost: @escaping @Sendable ([String: SearchValue]) async throws -> Double
    ) async throws -> SearchResult {
        var optimizer = try kind.optimizer(space, budget: budget, population: population, seed: seed)
        var known = try journal?.evaluations(of: self) ?? []
        known.reverse()
        var done: [SearchEvaluation] = []
        while done.count < budget {
            let points = optimizer.ask().prefix(budget - done.count)
            let values = points.map { space.values($0) }
            var batch: [SearchEvaluation] = []
            while batch.count < values.count, let next = known.popLast() {
                try journal?.check(next, is: values[batch.count], number: done.count + batch.count + 1)
                // Keep the proposed values: a whole number from the journal could be of either numeric kind.
                let evaluation = SearchEvaluation(
                    number: next.number, values: values[batch.count], cost: next.cost, seconds: next.seconds,
                    failure: next.failure)
                batch.append(evaluation)
                report(evaluation)
            }
            let first = done.count + batch.count + 1
            batch += try await evaluate(
                Array(values.dropFirst(batch.count)), from: first, journal: journal, report: report, cost: cost)
            done += batch
            // The last batch may be cut short; no further points are needed.
            if done.count < budget { optimizer.tell(batch.map { $0.cost ?? .infinity }) }
        }
        return SearchResult(evaluations: done)
    }

    /// Evaluates a batch, up to `workers` points in parallel, and records the results in order, each once all earlier
    /// ones are finished.
    private func evaluate(
        _ values: [[String: SearchValue]], from first: Int, journal: SearchJournal?,
        report: (SearchEvaluation) -> Void, cost: @escaping @Sendable ([String: SearchValue]) async throws -> Double
    ) async throws -> [SearchEvaluation] {
        try await withThrowingTaskGroup(of: SearchEvaluation.self) { group in
            var next = 0, waiting: [Int: SearchEvaluation] = [:], written: [SearchEvaluation] = []
            func start() {
                guard next < values.count else { return }
                let (number, one) = (first + next, values[next])
                group.addTask { try await Self.evaluation(number, one, cost) }
                next += 1
            }
            for _ in 0..<workers { start() }
            while let evaluation = try await group.next() {
                try Task.checkCancellation()
                start()
                waiting[evaluation.number] = evaluation
                while let ready = waiting.removeValue(forKey: first + written.count) {
                    try journal?.append(ready)
                    report(ready)
                    written.append(ready)
                }
            }
            return written
        }
    }

    private static func evaluation(
        _ number: Int, _ values: [String: SearchValue],
        _ cost: @Sendable ([String: SearchValue]) async throws -> Double
    ) async throws -> SearchEvaluation {
        let clock = ContinuousClock(), start = clock.now
        var found: Double?, failure: String?
        do {
            let value = try await cost(values)
            if value.isFinite { found = value } else { failure = "the cost is \(value)" }
        } catch let error as CancellationError {
            throw error
        } catch {
            failure = Reason.text(of: error)
        }
        return SearchEvaluation(
            number: number, values: values, cost: found, seconds: (clock.now - start) / .seconds(1), failure: failure)
    }
}
