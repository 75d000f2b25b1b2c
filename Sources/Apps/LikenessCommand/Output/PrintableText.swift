import LikenessSupport
import Pixels

extension String {
    /// The text with all characters escaped that could change the display of other text: control characters, line ends,
    /// and marks that change the direction of writing. Names from files can contain such characters.
    package var printable: String {
        let shown = SystemPath.shown(self)
        guard shown.unicodeScalars.contains(where: Self.isEscaped) else { return shown }
        var text = ""
        for scalar in shown.unicodeScalars {
            if !Self.isEscaped(scalar) {
                text.unicodeScalars.append(scalar)
            } else {
                text += Self.escapes[scalar] ?? "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            }
        }
        return text
    }

    /// The text with the same characters escaped, except line ends and this program's own bold type.
    package var printableLines: String {
        guard unicodeScalars.contains(where: { $0 != "\n" && Self.isEscaped($0) }) else {
            return SystemPath.shown(self)
        }
        let bold = [Terminal.boldStart, Terminal.boldEnd]
        var rest = self[...], text = ""
        while let scalar = rest.unicodeScalars.first {
            if let own = bold.first(where: { rest.hasPrefix($0) }) {
                text += own
                rest = rest.dropFirst(own.count)
            } else {
                text += scalar == "\n" ? "\n" : String(Character(scalar)).printable
                rest = Substring(rest.unicodeScalars.dropFirst())
            }
        }
        return text
    }

    private static let escapes: [Unicode.Scalar: String] = ["\n": "\\n", "\r": "\\r", "\t": "\\t"]

    private static func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0: true  // control characters
        case 0x2028, 0x2029: true  // ends of lines and paragraphs
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true  // directions of writing
        default: false
        }
    }
}
