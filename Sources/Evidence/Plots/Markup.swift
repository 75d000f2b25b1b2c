import Foundation

/// Text for SVG and HTML.
public enum Markup {
    /// Returns `text` as the content of an element or of a quoted attribute: nothing in it is read as markup.
    ///
    /// Characters that no XML document may hold, such as control characters in the name of a file, become U+FFFD.
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

    /// Returns a length or a place to a tenth of a unit, which no eye tells from more.
    static func number(_ value: Double) -> String { String(format: "%.7g", (value * 10).rounded() / 10) }
}
