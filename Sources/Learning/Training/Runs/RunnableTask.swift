/// A task that a configuration file can name.
public protocol RunnableTask: TrainingTask, SendableMetatype {
    /// What stands under `settings`.
    associatedtype Settings: ConfigurationSection
    /// What all seeds share: lists of files, decoded pictures, a teacher's embeddings.
    associatedtype Material: Sendable
    /// The name in the file, such as `mask-classifier`.
    static var name: String { get }
    /// One sentence for `likeness train --help`.
    static var summary: String { get }
    /// Reads what all seeds share. The training engine is open, but this runs on any thread: make no tensors.
    ///
    /// - Parameter tell: Says a sentence to whoever watches.
    static func prepare(
        _ settings: Settings, _ configuration: RunConfiguration, tell: @Sendable (String) -> Void
    ) async throws -> Material
    /// Makes the network and what else a seed has for itself; runs on the thread that trains.
    init(_ settings: Settings, _ material: Material, configuration: RunConfiguration, seed: UInt64) throws
}
