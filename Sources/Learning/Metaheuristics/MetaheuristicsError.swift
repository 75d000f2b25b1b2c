public import LikenessSupport

/// An error that says why a search can't begin or go on.
public enum MetaheuristicsError: LikenessError, Hashable {
    /// There is nothing to search.
    case noVariables
    /// A variable can't be searched.
    case invalidVariable(String, reason: String)
    /// There are fewer evaluations than the optimizer begins with.
    case budgetTooSmall(Int, needed: Int)
    /// A journal belongs to another search.
    case otherSearch(String, reason: String)
    /// A journal can't be read or written.
    case journal(String, reason: String)
    /// A table of measured costs is not one.
    case badTable(reason: String)
    /// A comparison of optimizers has no runs, or not as many of each.
    case unequalRuns

    /// A stable name for programs.
    public var code: String {
        switch self {
        case .badTable: "bad_table"
        default: "search_failed"
        }
    }

    /// The category of each case.
    public var category: ErrorCategory {
        switch self {
        case .journal: .inputOutput
        case .badTable: .badData
        case .noVariables, .invalidVariable, .budgetTooSmall, .otherSearch, .unequalRuns: .usage
        }
    }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .noVariables: "there is no variable to search"
        case .invalidVariable(let name, let reason): "the variable '\(name)' can't be searched: \(reason)"
        case .budgetTooSmall(let budget, let needed):
            "\(budget) evaluations are too few: this optimizer begins with \(needed)"
        case .otherSearch(let file, let reason): "\(file) belongs to another search (\(reason))"
        case .journal(let file, let reason): "\(file): \(reason)"
        case .badTable(let reason): "the table of costs can't be searched: \(reason)"
        case .unequalRuns: "a comparison takes equally many runs of each optimizer, two at least"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .noVariables: "name one at least"
        case .otherSearch: "take another file, or remove it to begin again"
        case .invalidVariable, .budgetTooSmall, .journal, .badTable, .unequalRuns: nil
        }
    }
}
