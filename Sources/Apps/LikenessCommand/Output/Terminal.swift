import Foundation

/// What the standard streams are, and how to write to them.
package enum Terminal {
    /// Whether the standard error is a terminal: only then is there a progress bar.
    package static let errorIsTerminal = isatty(STDERR_FILENO) == 1
    /// Whether colour may be used on the standard output: a terminal, and `NO_COLOR` (no-color.org) not set.
    package static let outputHasColor =
        isatty(STDOUT_FILENO) == 1 && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty

    /// Writes `message` as one line to the standard error; what would be more lines is escaped.
    package static func note(_ message: String) { StandardStream.writeError(message.printable + "\n") }

    /// `text` in bold where the output has colour.
    package static func bold(_ text: String) -> String { outputHasColor ? boldStart + text + boldEnd : text }

    package static let boldStart = "\u{1B}[1m"
    package static let boldEnd = "\u{1B}[0m"
}
