/// What training on faces can't be done with.
public enum FaceTrainingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A file that is needed is not there.
    case missing(String)
    /// The stages that were kept are damaged.
    case damagedStages(String)
    /// A file can't be written.
    case unwritable(String, reason: String)
    /// A run's folder holds no trained network.
    case noNetwork(String, reason: String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .missing(let path): "\(path) is missing: run scripts/setup, or name its folder in the run's settings"
        case .damagedStages(let path): "the stages in \(path) are damaged: remove that folder, they are made again"
        case .unwritable(let path, let reason): "\(path) can't be written: \(reason)"
        case .noNetwork(let path, let reason): "\(path) holds no trained network: \(reason)"
        }
    }
}
