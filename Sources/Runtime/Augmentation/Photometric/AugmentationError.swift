public import LikenessSupport

/// An error in an augmentation policy or in mask templates.
public enum AugmentationError: LikenessError, Hashable {
    /// The file can't be read.
    case unreadable(String)
    /// The file is not a valid augmentation policy.
    case badPolicy(String, reason: String)
    /// The folder holds no mask templates, or its list of them is damaged.
    case badTemplates(String, reason: String)

    /// The code of all cases.
    public var code: String { "bad_policy" }

    /// The category of each case.
    public var category: ErrorCategory {
        switch self {
        case .unreadable: .noInput
        case .badPolicy, .badTemplates: .badData
        }
    }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .unreadable(let file): "\(file) can't be read"
        case .badPolicy(let file, let reason): "\(file) is not an augmentation policy: \(reason)"
        case .badTemplates(let folder, let reason): "\(folder) holds no mask templates: \(reason)"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .unreadable: "check the path"
        case .badPolicy, .badTemplates: nil
        }
    }
}
