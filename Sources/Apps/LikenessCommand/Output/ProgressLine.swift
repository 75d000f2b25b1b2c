import Foundation

/// A line on the standard error that shows progress.
package enum ProgressLine {
    /// The time between two lines. On a terminal, a line replaces the previous one; in a file, lines add up.
    package static let pause: Duration = Terminal.errorIsTerminal ? .milliseconds(100) : .seconds(10)

    /// Shows a bar followed by `text` on a terminal; otherwise prints `text` as a line.
    package static func show(_ text: String, done: Int, total: Int) {
        guard Terminal.errorIsTerminal else { return Terminal.note(text) }
        let filled = min(24 * done / max(total, 1), 24)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
        StandardStream.writeError("\r\u{1B}[K\(bar) \(text.printable)")
    }

    /// Removes the bar, so that later output starts on an empty line.
    package static func clear() {
        guard Terminal.errorIsTerminal else { return }
        StandardStream.writeError("\r\u{1B}[K")
    }

}
