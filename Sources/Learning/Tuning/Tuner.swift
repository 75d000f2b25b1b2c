public import Foundation
import LikenessSupport
public import Metaheuristics
public import Training

/// A hyperparameter search that finds the settings of a run with the best measure on people outside the training set
/// (equation 13 of the DS-AEAN paper, Scientific Reports 15:17594, 2025).
///
///     eaoa-1/                  one optimizer and seed
///         journal.jsonl        the values and the cost of each evaluation
///         best/run.json        the best configuration, for training again
///         best/seed-1/ …       the best run, trained again, with its weights and all measures
///
/// Evaluations run one after another, because the training engine has one stream of random numbers.
public struct Tuner: Sendable {
    /// The direction in which the measure improves.
    public typealias Goal = ValidationSettings.Goal

    /// The result of a search.
    public struct Outcome: Sendable {
        /// The kind of optimizer.
        public let optimizer: OptimizerKind
        /// The search's seed.
        public let seed: UInt64
        /// All evaluations.
        public let result: SearchResult
        /// The best evaluation.
        public let best: SearchEvaluation
        /// The measures of the best run by name, each as the mean over the run's seeds.
        public let measures: [String: Double]
        /// The duration of all evaluations, in seconds.
        public let seconds: Double
    }

    private let file: RunFile
    private let task: PreparedTask
    private let space: SearchSpace
    private let measure: String
    private let goal: Goal
    private let folder: URL

    /// Creates a tuner.
    ///
    /// - Parameters:
    ///   - file: The configuration file of the run to tune.
    ///   - task: Its task, with prepared data.
    ///   - fields: The fields to tune.
    ///   - measure: The measure to optimize, one of those on held-out people.
    ///   - goal: The direction in which it improves.
    ///   - folder: The folder of the searches. If it holds a search already, that search resumes.
    /// - Throws: `MetaheuristicsError`.
    public init(
        _ file: RunFile, _ task: PreparedTask, fields: [TunedField], measure: String, goal: Goal, folder: URL
    ) throws {
        space = try SearchSpace(fields.map(\.variable))
        (self.file, self.task, self.measure, self.goal, self.folder) = (file, task, measure, goal, folder)
    }

    /// Returns the cost of a measure: its inverse if larger is better (equation 13 of the DS-AEAN paper), the measure
    /// itself if smaller is better.
    public static func cost(of value: Double, goal: Goal) -> Double { goal == .largest ? 1 / value : value }

    /// Runs a search or resumes it.
    ///
    /// - Parameters:
    ///   - kind: The kind of optimizer.
    ///   - budget: The number of evaluations.
    ///   - population: The number of members in a population.
    ///   - seed: The seed of the random numbers.
    ///   - report: Called for each evaluation.
    ///   - shouldStop: Called after each training step.
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
            // An interrupted evaluation starts again, because it may have had other values.
            try? FileManager.default.removeItem(at: trial)
            defer { try? FileManager.default.removeItem(at: trial) }
            return try await cost(of: values, in: trial, shouldStop)
        }
        guard let best = result.best else {
            throw TuningError.nothingFound(result.evaluations.last?.failure ?? "there were no evaluations")
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

    /// Returns the means over the configuration's seeds.
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

    /// Trains the best configuration once more: the same values and seeds give the same weights.
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
