public import Foundation
import Tensors

/// A task whose data lie ready, to be trained again and again with other numbers.
public struct PreparedTask: Sendable {
    /// Trains one seed: the configuration, the seed, the folder, whom to tell, whom to ask.
    private typealias Training =
        @Sendable (
            RunConfiguration, UInt64, URL, @escaping @Sendable (TrainingEvent) -> Void,
            @escaping @Sendable () -> Bool
        ) async throws -> SeedResult

    private let training: Training
    private let name: String
    /// The dotted paths of the task's numbers in a file.
    public let numericFields: [String]

    /// Reads what all runs share.
    ///
    /// - Parameters:
    ///   - configuration: What says where the data are.
    ///   - tasks: Those that it may name.
    ///   - tell: Says a sentence to whoever watches.
    /// - Throws: ``ConfigurationError``; ``TrainingError/unknownTask(_:known:)``; errors of the task.
    public init(
        _ configuration: RunConfiguration, tasks: [any RunnableTask.Type], tell: @escaping @Sendable (String) -> Void
    ) async throws {
        guard let task = tasks.first(where: { $0.name == configuration.task }) else {
            throw TrainingError.unknownTask(configuration.task, known: tasks.map { $0.name }.sorted())
        }
        try TrainingEngine.require(configuration.device)
        name = configuration.task
        numericFields = try task.numericFields
        training = try await Self.training(of: task, configuration, tell)
    }

    private static func training<Chosen: RunnableTask>(
        of task: Chosen.Type, _ configuration: RunConfiguration, _ tell: @escaping @Sendable (String) -> Void
    ) async throws -> Training {
        let material = try await Chosen.prepare(try configuration.settings(Chosen.Settings.self), configuration) {
            tell($0)
        }
        return { configuration, seed, folder, observe, shouldStop in
            let settings = try configuration.settings(Chosen.Settings.self)
            return try await onOwnThread {
                // The engine's number is the process's: what another run has left there must not decide over this one.
                TrainingEngine.setThreads(configuration.threads ?? ProcessInfo.processInfo.activeProcessorCount)
                let task = try Chosen(settings, material, configuration: configuration, seed: seed)
                return try Trainer(
                    task, configuration: configuration, seed: seed, folder: folder, observe: observe,
                    shouldStop: shouldStop
                ).run()
            }
        }
    }

    /// Trains one seed, or goes on with it where the folder holds a part of it.
    ///
    /// What the material was prepared from must be as it was then: the task's name is checked, its data are the caller's
    /// affair.
    ///
    /// - Throws: ``ConfigurationError``, ``TrainingError``, errors of the task.
    public func train(
        _ configuration: RunConfiguration, seed: UInt64, in folder: URL,
        observe: @escaping @Sendable (TrainingEvent) -> Void = { _ in },
        shouldStop: @escaping @Sendable () -> Bool = { false }
    ) async throws -> SeedResult {
        guard configuration.task == name else {
            throw TrainingError.unknownTask(configuration.task, known: [name])
        }
        return try await training(configuration, seed, folder, observe, shouldStop)
    }
}
