package import ArgumentParser
package import LikenessSupport

/// The exit statuses of the command; those from 64 on follow sysexits(3).
package enum ExitStatus: Int32 {
    case done = 0
    case negative = 1
    case someFailed = 3
    case usage = 64
    case badData = 65
    case noInput = 66
    case unavailable = 69
    case system = 71
    case inputOutput = 74
    case interrupted = 130

    /// Creates the exit status for an error's category.
    package init(_ category: ErrorCategory) {
        self =
            switch category {
            case .usage: .usage
            case .badData: .badData
            case .noInput: .noInput
            case .unavailable: .unavailable
            case .system: .system
            case .inputOutput: .inputOutput
            case .interrupted: .interrupted
            }
    }

    package var code: ExitCode { ExitCode(rawValue) }

    /// The list of exit statuses in the text of `--help`.
    package static let help = """
        EXIT STATUS:
          0    done
          1    done, and the answer is negative, such as 'no match' or 'unknown'
          3    some pictures of a batch failed
          64   the command line is not valid
          65   bad data: not a picture, a damaged file or store, or no face in a
               picture that needs one
          66   a file does not exist or can't be opened, or a folder has no pictures
          69   the inference engine, a model or likeness-research is missing or damaged
          71   not enough memory, processes or open files
          74   reading or writing failed
          130  interrupted
        """
}
