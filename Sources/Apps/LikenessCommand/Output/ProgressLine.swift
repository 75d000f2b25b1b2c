import Foundation

/// One line that says how far something has come, on the standard error.
package enum ProgressLine {
    /// How long to wait from one line to the next: a terminal's line is overwritten, a file's are added up.
    package static let pause: Duration = Terminal.errorIsTerminal ? .milliseconds(100) : .seconds(10)

    /// A bar with `text` behind it on a terminal, else `text` on a line of its own.
    package static func show(_ text: String, done: Int, total: Int) {
        guard Terminal.errorIsTerminal else { return Terminal.note(text) }
        let filled = min(24 * done / max(total, 1), 24)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
        StandardStream.writeError("\r\u{1B}[K\(bar) \(text.printable)")
    }

    /// Takes the bar away, so that what follows stands on a clean line.
    package static func clear() {
        guard Terminal.errorIsTerminal else { return }
        StandardStream.writeError("\r\u{1B}[K")
    }

    /// Seconds as 1:02:03 or 2:03.
    package static func clock(_ seconds: Double) -> String {
        let whole = Int(min(seconds, 359_999).rounded(.up))
        return whole >= 3600
            ? String(format: "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
            : String(format: "%d:%02d", whole / 60, whole % 60)
    }
}
