import Foundation

/// The rules for the names of people and galleries, and for people's ids.
///
/// Names that look the same are equal: they are stored in Unicode's normalization form C (Unicode Standard Annex #15),
/// without spaces at the ends. They contain no invisible characters and none that change the text direction, because
/// such a name could be mistaken for another one in a table.
public enum GalleryName {
    /// The maximum number of characters (Unicode scalars) in a name.
    public static let longest = 256

    /// Returns `name` in the form for storing and searching, whether it is valid or not.
    public static func normalized(_ name: String) -> String {
        let scalars = name.precomposedStringWithCanonicalMapping.unicodeScalars
        func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.generalCategory == .spaceSeparator }
        guard let first = scalars.firstIndex(where: { !isSpace($0) }),
            let last = scalars.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(scalars[first...last])
    }

    /// Returns `name` in the stored form.
    ///
    /// - Parameters:
    ///   - name: The name as entered.
    ///   - what: The kind of name, for the message, such as `the person's name`.
    /// - Throws: ``GalleryError/invalidName(_:reason:)`` if it is blank or too long, or contains invalid characters.
    public static func checked(_ name: String, of what: String) throws -> String {
        let normalized = normalized(name)
        let scalars = normalized.unicodeScalars
        guard scalars.contains(where: isVisible) else { throw GalleryError.invalidName(what, reason: "is blank") }
        if let odd = scalars.first(where: isForbidden) {
            throw GalleryError.invalidName(
                what,
                reason:
                    "contains the character U+\(hexadecimal(odd)), which is a line break, a control character or invisible"
            )
        }
        guard scalars.count <= longest else {
            throw GalleryError.invalidName(what, reason: "has \(scalars.count) characters, but the limit is \(longest)")
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
        // The format characters include the direction overrides. The two joiners occur in Persian names, Indic scripts
        // and emoji.
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
