public import Foundation
import Tensors

/// A task with prepared data that can be trained repeatedly with different numbers.
public struct PreparedTask: Sendable {
    /// A function that trains one seed. Its arguments are the configuration, the seed, the folder, the observer and the
    /// stop condition.
    private typealias Training =
        @Sendable (
            RunConfiguration, UInt64, URL, @escaping @Sendable (TrainingEvent) -> Void,
            @escaping @Sendable () -> Bool
        ) async throws -> SeedResult

    private let training: Training
    private let name: String
    /// The dotted paths of the task's numeric settings.
    public let numericFields: [String]

    /// Prepares the data that all runs share.
    ///
    /// - Parameters:
    ///   - configuration: The configuration, which determines the data to read.
    ///   - tasks: The tasks that the configuration may name.
    ///   - tell: Called with messages, one sentence each.
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
                // The number of threads applies to the whole process, so a value left by another run must not affect
                // this one.
                TrainingEngine.setThreads(configuration.threads ?? ProcessInfo.processInfo.activeProcessorCount)
                let task = try Chosen(settings, material, configuration: configuration, seed: seed)
                return try Trainer(
                    task, configuration: configuration, seed: seed, folder: folder, observe: observe,
                    shouldStop: shouldStop
                ).run()
            }
        }
    }

    /// Trains one seed, or resumes it if the folder holds a part of it.
    ///
    /// The settings that the data was prepared from must not have changed. Only the task's name is checked; keeping the
    /// data the same is the caller's responsibility.
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
