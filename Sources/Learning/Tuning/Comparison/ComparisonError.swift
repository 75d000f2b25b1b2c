public import LikenessSupport

/// An error that says why runs or optimizers can't be compared.
public enum ComparisonError: LikenessError, Hashable {
    /// The named variables are not those of the table of measured costs. The value lists the table's variables.
    case otherVariables([String])
    /// There is no run to compare.
    case noRuns
    /// Two runs have the same name.
    case twoRuns(String)
    /// Not all runs have the measure. `ofAll` lists the measures that all runs have.
    case measureOfSome(String, ofAll: [String])

    /// The code of all cases.
    public var code: String { "command_failed" }
    /// The category of all cases.
    public var category: ErrorCategory { .usage }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .otherVariables(let names):
            "give the range of each of the table's variables with --variable: \(names.joined(separator: ", "))"
        case .noRuns: "there is no run to compare"
        case .twoRuns(let name): "two runs are called \(name)"
        case .measureOfSome(let name, let all):
            "not all runs have a measure called \(name); all have \(all.joined(separator: ", "))"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .noRuns: "name a run"
        case .twoRuns: "the names of their folders must differ"
        case .otherVariables, .measureOfSome: nil
        }
    }
}
