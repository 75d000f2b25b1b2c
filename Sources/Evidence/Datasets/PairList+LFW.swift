import LikenessSupport

/// The non-empty lines of a text, with their numbers.
struct TextLines {
    struct Line: Hashable {
        /// The line number; the first line is 1.
        let number: Int
        /// The fields, separated by tabs, or by any whitespace if there is no tab.
        let fields: [String]
    }

    let lines: [Line]

    init(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        // In Swift, CRLF is a single Character, as is every other line end.
        let split = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        lines = split.enumerated().compactMap { index, line in
            let parts = line.contains("\t") ? line.split(separator: "\t") : line.split(whereSeparator: \.isWhitespace)
            let fields = parts.map { String($0.trimmed) }.filter { !$0.isEmpty }
            return fields.isEmpty ? nil : Line(number: index + 1, fields: fields)
        }
    }
}

extension Substring {
    /// The text without whitespace at both ends.
    fileprivate var trimmed: Substring {
        var text = drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}

/// The first line of a list of Labeled Faces in the Wild.
///
/// It is `10 300` (folds, pairs of each kind per fold) or `1100` (pairs of each kind, no folds).
struct LFWHeader {
    /// The number of folds; `nil` if the list has none.
    let folds: Int?
    /// The number of pairs of each kind per fold; mated pairs come first.
    let pairsOfAKind: Int

    init?(line: TextLines.Line) {
        let numbers = line.fields.compactMap { Int($0) }
        guard numbers.count == line.fields.count, numbers.allSatisfy({ (1...1_000_000).contains($0) }) else {
            return nil
        }
        switch numbers.count {
        case 1: (folds, pairsOfAKind) = (nil, numbers[0])
        case 2: (folds, pairsOfAKind) = (numbers[0], numbers[1])
        default: return nil
        }
    }

    /// The number of pairs that the list must have.
    var count: Int { 2 * pairsOfAKind * (folds ?? 1) }
}

extension PairList {
    /// Reads the lines below the header: `NAME n m` is a mated pair, `NAME n OTHER m` an impostor pair.
    static func lfw(_ lines: ArraySlice<TextLines.Line>, header: LFWHeader, name: String) throws -> PairList {
        var pairs: [Pair] = [], faults: [LineFault] = []
        for (index, line) in lines.enumerated() {
            do {
                let fold = index / (2 * header.pairsOfAKind)
                let mated = index % (2 * header.pairsOfAKind) < header.pairsOfAKind
                pairs.append(try lfwPair(line, mated: mated, fold: fold))
            } catch {
                faults.append(error)
            }
        }
        if lines.count != header.count, let first = lines.first {
            let message =
                "the header announces \(header.count) \(header.count == 1 ? "pair" : "pairs"), but \(lines.count) "
                + "follow"
            faults.insert(LineFault(line: first.number - 1, message: message), at: 0)
        }
        guard faults.isEmpty else { throw DatasetError.malformed(name, faults) }
        let given = PairList(name: name, pairs: pairs, folding: .given)
        return header.folds == nil ? given.dealt() : given
    }

    private static func lfwPair(_ line: TextLines.Line, mated: Bool, fold: Int) throws(LineFault) -> Pair {
        let fields = line.fields
        guard fields.count == (mated ? 3 : 4) else {
            let expected = mated ? "a mated pair, NAME n m," : "an impostor pair, NAME n OTHER m,"
            throw LineFault(
                line: line.number, message: "\(expected) was expected here, but the line has \(fields.count) fields")
        }
        let other = mated ? fields[0] : fields[2]
        guard mated || fields[0] != other else {
            throw LineFault(line: line.number, message: "an impostor pair of \(other) with \(other)")
        }
        return Pair(
            imageA: try lfwPath(fields[0], fields[1], line: line.number),
            imageB: try lfwPath(other, fields[fields.count - 1], line: line.number),
            isMated: mated, fold: fold, personA: fields[0], personB: other, line: line.number)
    }

    /// Returns the path of a picture, such as `Ada_Lovelace/Ada_Lovelace_0001.jpg`.
    private static func lfwPath(_ person: String, _ number: String, line: Int) throws(LineFault) -> String {
        guard let value = Int(number), value > 0 else {
            throw LineFault(
                line: line, field: "picture",
                message: "'\(number)' is not the number of a picture, which must be 1 or more")
        }
        let digits = String(value)
        return "\(person)/\(person)_\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits).jpg"
    }
}
