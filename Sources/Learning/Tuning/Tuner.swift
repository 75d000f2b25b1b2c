public import Foundation
import LikenessSupport
public import Metaheuristics
public import Training

/// Searches the numbers of a run with which its measure is best on people who are not trained on (paper C, equation 13).
///
///     eaoa-1/                  an optimizer and its seed
///         journal.jsonl        what each evaluation tried and what it cost
///         best/run.json        the best, to be trained again
///         best/seed-1/ …       the best, trained again with its weights and all its measures
///
/// Evaluations run one after the other: the training engine has one stream of random numbers.
public struct Tuner: Sendable {
    /// Which values of the measure are better.
    public typealias Goal = ValidationSettings.Goal

    /// What a search found.
    public struct Outcome: Sendable {
        /// What searched.
        public let optimizer: OptimizerKind
        /// The search's seed.
        public let seed: UInt64
        /// All evaluations.
        public let result: SearchResult
        /// The best of them.
        public let best: SearchEvaluation
        /// What the best one's training measured, by name, the mean over the run's seeds.
        public let measures: [String: Double]
        /// How long all evaluations took, in seconds.
        public let seconds: Double
    }

    private let file: RunFile
    private let task: PreparedTask
    private let space: SearchSpace
    private let measure: String
    private let goal: Goal
    private let folder: URL

    /// A tuner.
    ///
    /// - Parameters:
    ///   - file: The run that is tuned.
    ///   - task: Its task, with data.
    ///   - fields: What is searched for.
    ///   - measure: The measure, one of the validated people.
    ///   - goal: Which values of it are better.
    ///   - folder: Where searches are written; what is there is gone on with.
    /// - Throws: `MetaheuristicsError`.
    public init(
        _ file: RunFile, _ task: PreparedTask, fields: [TunedField], measure: String, goal: Goal, folder: URL
    ) throws {
        space = try SearchSpace(fields.map(\.variable))
        (self.file, self.task, self.measure, self.goal, self.folder) = (file, task, measure, goal, folder)
    }

    /// What a measure costs: its inverse where it is to be large (paper C, equation 13), itself where it is to be small.
    public static func cost(of value: Double, goal: Goal) -> Double { goal == .largest ? 1 / value : value }

    /// Searches, or goes on with a search.
    ///
    /// - Parameters:
    ///   - kind: By which optimizer.
    ///   - budget: How many evaluations.
    ///   - population: How many members a population has.
    ///   - seed: Another seed, another search.
    ///   - report: Told of each evaluation.
    ///   - shouldStop: Asked after each step of training.
    /// - Throws: ``TuningError``, `MetaheuristicsError`, `TrainingError`, `CancellationError`.
    public func search(
        _ kind: OptimizerKind, budget: Int, population: Int, seed: UInt64,
        report: (SearchEvaluation) -> Void, shouldStop: @escaping @Sendable () -> Bool
    ) async throws -> Outcome {
        let place = folder.appending(path: "\(kind.rawValue)-\(seed)", directoryHint: .isDirectory)
        do {
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        } catch {
            throw TuningError.folder(place.path, reason: Reason.text(of: error))
        }
        let search = try Search(space, by: kind, budget: budget, population: population, seed: seed)
        let journal = SearchJournal(place.appending(path: "journal.jsonl"))
        let result = try await search.run(journal: journal, report: report) { values in
            let trial = place.appending(path: "trial", directoryHint: .isDirectory)
            // An evaluation that was cut short begins again: it may have been of other numbers.
            try? FileManager.default.removeItem(at: trial)
            defer { try? FileManager.default.removeItem(at: trial) }
            return try await cost(of: values, in: trial, shouldStop)
        }
        guard let best = result.best else {
            throw TuningError.nothingFound(result.evaluations.last?.failure ?? "there was none")
        }
        return Outcome(
            optimizer: kind, seed: seed, result: result, best: best,
            measures: try await trainBest(
                best, in: place.appending(path: "best", directoryHint: .isDirectory), shouldStop),
            seconds: result.evaluations.reduce(0) { $0 + $1.seconds })
    }

    private func data(_ values: [String: SearchValue]) throws -> Data {
        try file.changing(values.mapValues(\.fieldValue))
    }

    private func cost(
        of values: [String: SearchValue], in trial: URL, _ shouldStop: @escaping @Sendable () -> Bool
    ) async throws -> Double {
        let measures = try await measures(of: RunConfiguration(data(values)), in: trial, shouldStop)
        guard let value = measures[measure] else {
            throw TuningError.noMeasure(measure, measures: measures.keys.sorted())
        }
        return Self.cost(of: value, goal: goal)
    }

    /// The means over the configuration's seeds.
    private func measures(
        of configuration: RunConfiguration, in place: URL, _ shouldStop: @escaping @Sendable () -> Bool
    ) async throws -> [String: Double] {
        var results: [SeedResult] = []
        for seed in configuration.seeds {
            do {
                results.append(
                    try await task.train(
                        configuration, seed: seed, in: place.appending(path: "seed-\(seed)"), shouldStop: shouldStop))
            } catch TrainingError.interrupted {
                throw CancellationError()
            }
        }
        return RunSummary(task: configuration.task, seeds: results).measures.mapValues(\.mean)
    }

    /// Trains the best once more: the same numbers and seeds give the same weights.
    private func trainBest(
        _ best: SearchEvaluation, in place: URL, _ shouldStop: @escaping @Sendable () -> Bool
    ) async throws -> [String: Double] {
        let data = try data(best.values)
        do {
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            try data.write(to: place.appending(path: "run.json"), options: .atomic)
        } catch {
            throw TuningError.folder(place.path, reason: Reason.text(of: error))
        }
        return try await measures(of: RunConfiguration(data), in: place, shouldStop)
    }
}
