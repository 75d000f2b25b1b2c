package import ArgumentParser
package import LikenessSupport

/// The exit statuses of the command, after sysexits(3).
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

    /// The exit status of an error's category.
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

    /// What `--help` says about them.
    package static let help = """
        EXIT STATUS:
          0    done
          1    ran; the answer is 'no match' or 'unknown'
          3    a batch in which some pictures failed
          64   the command was not understood
          65   bad data: not a picture, a damaged file or store, or no face in a picture that needs one
          66   no such file, a file that may not be read, or a folder without pictures
          69   the inference engine or a model is missing or damaged
          71   out of memory, processes or open files
          74   reading or writing failed
          130  interrupted
        """
}
