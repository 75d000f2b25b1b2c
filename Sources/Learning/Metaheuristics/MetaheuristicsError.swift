public import LikenessSupport

/// An error that says why a search can't start or continue.
public enum MetaheuristicsError: LikenessError, Hashable {
    /// The search space has no variables.
    case noVariables
    /// A variable has no valid range or categories.
    case invalidVariable(String, reason: String)
    /// The number of evaluations is smaller than the optimizer's first batch.
    case budgetTooSmall(Int, needed: Int)
    /// A journal belongs to another search.
    case otherSearch(String, reason: String)
    /// A journal can't be read or written.
    case journal(String, reason: String)
    /// A table of measured costs has the wrong form.
    case badTable(reason: String)
    /// A comparison of optimizers has fewer than two runs of an optimizer, or different numbers of runs.
    case unequalRuns

    /// The error's code.
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
            "\(budget) evaluations are too few: this optimizer needs at least \(needed)"
        case .otherSearch(let file, let reason): "\(file) belongs to another search (\(reason))"
        case .journal(let file, let reason): "\(file): \(reason)"
        case .badTable(let reason): "the table of costs can't be searched: \(reason)"
        case .unequalRuns: "a comparison needs the same number of runs of each optimizer, at least two"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .noVariables: "name at least one"
        case .otherSearch: "choose another file, or remove it to start over"
        case .invalidVariable, .budgetTooSmall, .journal, .badTable, .unequalRuns: nil
        }
    }
}
