import Foundation

/// One line that says how far something has come, on the standard error.
enum ProgressLine {
    /// How long to wait from one line to the next: a terminal's line is overwritten, a file's are added up.
    static let pause: Duration = Terminal.errorIsTerminal ? .milliseconds(100) : .seconds(10)

    /// A bar with `text` behind it on a terminal, else `text` on a line of its own.
    static func show(_ text: String, done: Int, total: Int) {
        guard Terminal.errorIsTerminal else { return Terminal.note(text) }
        let filled = min(24 * done / max(total, 1), 24)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
        StandardStream.writeError("\r\u{1B}[K\(bar) \(text.printable)")
    }

    /// Takes the bar away, so that what follows stands on a clean line.
    static func clear() {
        guard Terminal.errorIsTerminal else { return }
        StandardStream.writeError("\r\u{1B}[K")
    }

}
