import Foundation

/// What the standard streams are, and how to write to them.
enum Terminal {
    /// Whether the standard error is a terminal: only then is there a progress bar.
    static let errorIsTerminal = isatty(STDERR_FILENO) == 1
    /// Whether colour may be used on the standard output: a terminal, and `NO_COLOR` (no-color.org) not set.
    static let outputHasColor =
        isatty(STDOUT_FILENO) == 1 && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty

    /// Writes `message` and a line end to the standard error.
    static func note(_ message: String) {
        FileHandle.standardError.write(Data((message + "\n").utf8))
    }

    /// `text` in bold where the output has colour.
    static func bold(_ text: String) -> String { outputHasColor ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
}
