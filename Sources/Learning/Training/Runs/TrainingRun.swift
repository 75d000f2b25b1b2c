public import Foundation
import LikenessSupport
import Tensors

/// The run of a configuration over all its seeds:
///
///     run.json        the configuration as given
///     seed-1/ …       the results of each seed
///     summary.json    measures over the seeds, once all have finished
///
/// ```swift
/// let run = try TrainingRun(Data(contentsOf: file), tasks: tasks, folder: URL(filePath: "runs/head"))
/// let summary = try await run.run(
///     .resumingWherePossible,
///     observe: { seed, event in
///         if case .validated(let record, let isBest) = event { print(seed, record.epoch, record.measures, isBest) }
///     }, shouldStop: { Task.isCancelled })
/// for (name, spread) in summary.measures { print(name, spread.mean, spread.deviation ?? 0) }
/// ```
public struct TrainingRun: Sendable {
    /// The treatment of a run that already exists in the folder.
    public enum Start: Sendable {
        /// Resume it; if there is none, start a new run.
        case resumingWherePossible
        /// Resume it; if there is none, throw an error.
        case resuming
        /// Remove it and start a new run.
        case afresh
    }

    /// The run's configuration.
    public let configuration: RunConfiguration
    /// The run's folder.
    public let folder: URL
    private let task: any RunnableTask.Type
    private let file: Data

    /// Creates a run and checks every field of its configuration.
    ///
    /// - Parameters:
    ///   - file: The configuration's bytes.
    ///   - tasks: The tasks that it may name.
    ///   - folder: The run's folder.
    ///   - adjust: Changes from the command line.
    /// - Throws: ``ConfigurationError``; ``TrainingError/unknownTask(_:known:)``.
    public init(
        _ file: Data, tasks: [any RunnableTask.Type], folder: URL, adjust: (inout RunConfiguration) -> Void = { _ in }
    ) throws {
        var configuration = try RunConfiguration(file)
        adjust(&configuration)
        try configuration.check(FieldChecks())
        let name = configuration.task
        guard let task = tasks.first(where: { $0.name == name }) else {
            throw TrainingError.unknownTask(name, known: tasks.map { $0.name }.sorted())
        }
        func checkSettings<Chosen: RunnableTask>(_ task: Chosen.Type) throws {
            _ = try configuration.settings(Chosen.Settings.self)
        }
        try checkSettings(task)
        (self.configuration, self.folder, self.task, self.file) = (configuration, folder, task, file)
    }

    /// Trains all seeds that have not finished yet.
    ///
    /// - Parameters:
    ///   - start: The treatment of a run that already exists.
    ///   - observe: Called for each event, with the seed.
    ///   - shouldStop: Called after each step.
    /// - Throws: ``TrainingError``, such as ``TrainingError/busy(folder:process:)``; errors of the task and of the
    ///   training engine, which must be open.
    public func run(
        _ start: Start, observe: @escaping @Sendable (UInt64, TrainingEvent) -> Void,
        shouldStop: @escaping @Sendable () -> Bool
    ) async throws -> RunSummary {
        try TrainingEngine.require(configuration.device)
        let lock = try lock(start)
        defer { withExtendedLifetime(lock) {} }
        try open(start)
        let results = try await results(observe: observe, shouldStop: shouldStop)
        let summary = RunSummary(task: configuration.task, seeds: results)
        try RunFiles.encoder.encode(summary).write(to: folder.appending(path: "summary.json"), options: .atomic)
        return summary
    }

    private func results(
        observe: @escaping @Sendable (UInt64, TrainingEvent) -> Void, shouldStop: @escaping @Sendable () -> Bool
    ) async throws -> [SeedResult] {
        var results = configuration.seeds.map { SeedFolder.finished(in: seedFolder($0)) }
        guard results.contains(where: { $0 == nil }) else { return results.compactMap(\.self) }
        let first = configuration.seeds[0]
        let prepared = try await PreparedTask(configuration, tasks: [task]) { observe(first, .note($0)) }
        for (index, seed) in configuration.seeds.enumerated() where results[index] == nil {
            results[index] = try await prepared.train(
                configuration, seed: seed, in: seedFolder(seed), observe: { observe(seed, $0) },
                shouldStop: shouldStop)
        }
        return results.compactMap(\.self)
    }

    private func seedFolder(_ seed: UInt64) -> URL {
        folder.appending(path: "seed-\(seed)", directoryHint: .isDirectory)
    }

    // MARK: The folder

    private var copy: URL { folder.appending(path: "run.json") }

    /// Creates the folder if it does not exist, and locks it against other processes.
    private func lock(_ start: Start) throws -> RunLock {
        if case .resuming = start, !FileManager.default.fileExists(atPath: copy.path) {
            throw TrainingError.nothingToResume(folder: folder.path)
        }
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw TrainingError.unwritable(folder.path, reason: Reason.text(of: error))
        }
        return try RunLock(folder)
    }

    /// Prepares the folder so that two configurations are never mixed in it.
    private func open(_ start: Start) throws {
        let files = FileManager.default
        do {
            let exists = files.fileExists(atPath: copy.path)
            switch start {
            case .resuming where !exists: throw TrainingError.nothingToResume(folder: folder.path)
            case .resuming where exists, .resumingWherePossible where exists: try compare()
            case .afresh: try removeRun()
            default: break
            }
            try file.write(to: copy, options: .atomic)
        } catch let error as CocoaError {
            throw TrainingError.unwritable(folder.path, reason: Reason.text(of: error))
        }
    }

    private func compare() throws {
        let data = try Data(contentsOf: copy), before: RunConfiguration
        do {
            before = try RunConfiguration(data)
        } catch {
            throw TrainingError.unreadable(copy.path, reason: Reason.text(of: error))
        }
        if let field = try configuration.difference(from: before) {
            throw TrainingError.otherRun(folder: folder.path, field: field)
        }
    }

    /// Removes the files of a run and nothing else in the folder.
    private func removeRun() throws {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names where name.hasPrefix("seed-") || ["run.json", "summary.json"].contains(name) {
            try FileManager.default.removeItem(at: folder.appending(path: name))
        }
    }
}
