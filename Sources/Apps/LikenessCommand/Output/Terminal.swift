import Foundation

/// The properties of the standard streams, and functions to write to them.
package enum Terminal {
    /// Whether the standard error is a terminal; only then is a progress bar shown.
    package static let errorIsTerminal = isatty(STDERR_FILENO) == 1
    /// Whether color may be used on the standard output: if it is a terminal, and `NO_COLOR` (no-color.org) is not set.
    package static let outputHasColor =
        isatty(STDOUT_FILENO) == 1 && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty

    /// Writes `message` as one line to the standard error; line ends in it are escaped.
    package static func note(_ message: String) { StandardStream.writeError(message.printable + "\n") }

    /// Returns `text` in bold if the output has color.
    package static func bold(_ text: String) -> String { outputHasColor ? boldStart + text + boldEnd : text }

    package static let boldStart = "\u{1B}[1m"
    package static let boldEnd = "\u{1B}[0m"
}
