/// A small bitmap font: ASCII and Latin-1, each glyph 10 pixels wide and 20 high at its natural size.
enum Font {
    /// The number of columns of a glyph.
    static let width = 10
    /// The number of rows of a glyph.
    static let height = 20

    /// The rows of a glyph from the top, the leftmost pixel in bit 9.
    typealias Glyph = [UInt16]

    /// Returns the glyph of a character, or an empty frame if the font lacks it.
    ///
    /// Composed and decomposed accents give the same glyph.
    static func glyph(_ character: Character) -> Glyph { glyphs[character] ?? missing }

    private static let missing: Glyph = (0..<height).map { row in
        switch row {
        case 4, 15: 0b01_1111_1110
        case 5...14: 0b01_0000_0010
        default: 0
        }
    }

    private static let glyphs: [Character: Glyph] = {
        let scalars = [0x20...0x7E, 0xA0...0xFF].joined().compactMap(UnicodeScalar.init)
        let lines = glyphTable.split(separator: "\n")
        return Dictionary(uniqueKeysWithValues: zip(scalars.map(Character.init), lines.map(rows)))
    }()

    private static func rows(_ line: Substring) -> Glyph {
        let digits = Array(line.utf8)
        return stride(from: 0, to: digits.count - 2, by: 3).map { start in
            digits[start..<start + 3].reduce(0) { $0 << 4 | UInt16(Character(UnicodeScalar($1)).hexDigitValue ?? 0) }
        }
    }
}
