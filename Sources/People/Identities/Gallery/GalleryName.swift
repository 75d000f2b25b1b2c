import Foundation

/// What the names of people and galleries, and people's ids, are like.
///
/// Two names that look the same are the same name: they are kept in Unicode's normalization form C (Unicode Standard
/// Annex #15) and without spaces at the ends. They hold no characters that can't be seen or that change the
/// direction of the text after them, because such a name could pass for another one in a table.
public enum GalleryName {
    /// The most characters (Unicode scalars) that a name may have.
    public static let longest = 256

    /// Returns `name` as it is kept and looked up, whether it is a good name or not.
    public static func normalized(_ name: String) -> String {
        let scalars = name.precomposedStringWithCanonicalMapping.unicodeScalars
        func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.generalCategory == .spaceSeparator }
        guard let first = scalars.firstIndex(where: { !isSpace($0) }),
            let last = scalars.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(scalars[first...last])
    }

    /// Returns `name` as it is kept.
    ///
    /// - Parameters:
    ///   - name: A name from outside.
    ///   - what: Whose name it is, for the message, such as `the person's name`.
    /// - Throws: ``GalleryError/invalidName(_:reason:)`` if it is blank or too long, or holds characters that no name
    ///   has.
    public static func checked(_ name: String, of what: String) throws -> String {
        let normalized = normalized(name)
        let scalars = normalized.unicodeScalars
        guard scalars.contains(where: isVisible) else { throw GalleryError.invalidName(what, reason: "is blank") }
        if let odd = scalars.first(where: isForbidden) {
            throw GalleryError.invalidName(
                what,
                reason:
                    "holds the character U+\(hexadecimal(odd)), which is a line break, a control character or invisible"
            )
        }
        guard scalars.count <= longest else {
            throw GalleryError.invalidName(what, reason: "has \(scalars.count) characters, and \(longest) are the most")
        }
        return normalized
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        // The blank Braille pattern is a symbol without dots.
        return !properties.isWhitespace && !properties.isDefaultIgnorableCodePoint && scalar != "\u{2800}"
            && !isForbidden(scalar)
    }

    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate: true
        // Among the format characters are the direction overrides. The two joiners belong to names in Persian, in Indic
        // scripts and in emoji.
        case .format: scalar != "\u{200C}" && scalar != "\u{200D}"
        case .unassigned: scalar.properties.isNoncharacterCodePoint
        default: false
        }
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(4 - digits.count, 0)) + digits
    }
}
