public import Foundation
import LikenessSupport
import Tensors

/// A configuration's run over all its seeds:
///
///     run.json        the configuration as it was given
///     seed-1/ …       what each seed leaves behind
///     summary.json    measures over the seeds, once all have ended
public struct TrainingRun: Sendable {
    /// What is to happen to a run that the folder holds already.
    public enum Start: Sendable {
        /// It is gone on with; where there is none, a new one begins.
        case resumingWherePossible
        /// It is gone on with; where there is none, that is an error.
        case resuming
        /// It is removed, and a new one begins.
        case afresh
    }

    /// What is trained, and how.
    public let configuration: RunConfiguration
    /// Where it is written.
    public let folder: URL
    private let task: any RunnableTask.Type
    private let file: Data

    /// A run, whose configuration is checked to the last field.
    ///
    /// - Parameters:
    ///   - file: The configuration's bytes.
    ///   - tasks: Those that it may name.
    ///   - folder: Where the run is written.
    ///   - adjust: Changes that the command line asks for.
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

    /// Trains all seeds that have not ended yet.
    ///
    /// - Parameters:
    ///   - start: What happens to a run that is there already.
    ///   - observe: Told what happens, with the seed.
    ///   - shouldStop: Asked after each step.
    /// - Throws: ``TrainingError``, such as ``TrainingError/busy(folder:process:)``; errors of the task and of the training
    ///   engine, which must be open.
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

    /// Makes the folder where there is none, and keeps other processes out of it.
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

    /// Makes the folder ready: nothing of another configuration's run is ever mixed with this one's.
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

    /// Removes what a run has written, and nothing else that may lie in the folder.
    private func removeRun() throws {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names where name.hasPrefix("seed-") || ["run.json", "summary.json"].contains(name) {
            try FileManager.default.removeItem(at: folder.appending(path: name))
        }
    }
}
