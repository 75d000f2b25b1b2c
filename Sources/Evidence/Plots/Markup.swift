import Foundation

/// Escapes and formats text for SVG and HTML.
public enum Markup {
    /// Returns `text` escaped for the content of an element or a quoted attribute, without markup.
    ///
    /// Characters that are invalid in XML, such as control characters in a file name, become U+FFFD.
    public static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\t", "\n", "\r": escaped.unicodeScalars.append(scalar)
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// Returns a length or position rounded to a tenth of a unit, which is precise enough for drawing.
    static func number(_ value: Double) -> String { String(format: "%.7g", (value * 10).rounded() / 10) }
}
