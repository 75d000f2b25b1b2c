/// What can be wrong with what augmentation is asked to do.
public enum AugmentationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file can't be read.
    case unreadable(String)
    /// The policy's file is no policy.
    case badPolicy(String, reason: String)
    /// The folder holds no mask templates, or a damaged list of them.
    case badTemplates(String, reason: String)

    /// One sentence that says what is wrong and what to do.
    public var description: String {
        switch self {
        case .unreadable(let file): "\(file) can't be read: check the path"
        case .badPolicy(let file, let reason): "\(file) is no augmentation policy: \(reason)"
        case .badTemplates(let folder, let reason): "\(folder) holds no mask templates: \(reason)"
        }
    }
}
