/// A task that a configuration file can name.
public protocol RunnableTask: TrainingTask, SendableMetatype {
    /// The type of the `settings` in the configuration file.
    associatedtype Settings: ConfigurationSection
    /// The data that all seeds share: lists of files, decoded pictures, a teacher's embeddings.
    associatedtype Material: Sendable
    /// The task's name in the file, such as `mask-classifier`.
    static var name: String { get }
    /// One sentence for `likeness train --help`.
    static var summary: String { get }
    /// Prepares the data that all seeds share. The training engine is open, but this can run on any thread: create no
    /// tensors.
    ///
    /// - Parameters:
    ///   - settings: The task's settings in the configuration file.
    ///   - configuration: The configuration of the run.
    ///   - tell: Called with messages, one sentence each.
    static func prepare(
        _ settings: Settings, _ configuration: RunConfiguration, tell: @Sendable (String) -> Void
    ) async throws -> Material
    /// Creates the network and everything else that belongs to one seed. Runs on the training thread.
    init(_ settings: Settings, _ material: Material, configuration: RunConfiguration, seed: UInt64) throws
}
