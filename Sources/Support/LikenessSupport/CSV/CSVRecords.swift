/// The records of comma-separated text.
///
/// RFC 4180, read tolerantly: lines end in LF, CRLF or CR, and blank lines are skipped. Spaces and tabs around an
/// unquoted field are dropped. A quoted field may contain commas, line ends and doubled quotes. A quote inside an
/// unquoted field is an ordinary character.
package struct CSVRecords {
    /// A record and the number of its first line.
    package struct Record: Hashable {
        /// The line number; the first line is 1.
        package let line: Int
        /// The values.
        package let fields: [String]
    }

    /// A line that can't be read.
    package struct Fault: LikenessError, Hashable {
        /// The line number; the first line is 1.
        package let line: Int
        /// The defect.
        package let message: String

        /// A stable name for programs.
        package var code: String { "damaged_file" }
        /// The category.
        package var category: ErrorCategory { .badData }
        /// The problem in one clause.
        package var problem: String { "line \(line): \(message)" }
        /// No advice.
        package var remedy: String? { nil }
    }

    /// The records that can be read, in order.
    package private(set) var records: [Record] = []
    /// The lines that can't.
    package private(set) var faults: [Fault] = []

    /// Reads UTF-8 text.
    package init(_ bytes: [UInt8]) {
        var reader = Reader(bytes: bytes)
        while !reader.isAtEnd {
            do {
                let record = try reader.record()
                if record.fields != [""] { records.append(record) }
            } catch {
                faults.append(error)
                reader.skipLine()
            }
        }
    }
}

private struct Reader {
    let bytes: [UInt8]
    var position = 0
    var line = 1

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func record() throws(CSVRecords.Fault) -> CSVRecords.Record {
        let first = line
        var fields = [try field()]
        while current == .comma {
            position += 1
            fields.append(try field())
        }
        endLine()
        return CSVRecords.Record(line: first, fields: fields)
    }

    /// Advances to the start of the next line.
    mutating func skipLine() {
        while let byte = current, !byte.endsLine { position += 1 }
        endLine()
    }

    private mutating func endLine() {
        guard let byte = current, byte.endsLine else { return }
        position += 1
        if byte == .carriageReturn, current == .lineFeed { position += 1 }
        line += 1
    }

    private mutating func field() throws(CSVRecords.Fault) -> String {
        skipBlanks()
        guard current == .quote else { return plainField() }
        let text = try quotedField()
        skipBlanks()
        if let byte = current, byte != .comma, !byte.endsLine {
            throw CSVRecords.Fault(
                line: line, message: "text follows a closing quote: double the quotes inside a field")
        }
        return text
    }

    private mutating func skipBlanks() {
        while let byte = current, byte.isBlank { position += 1 }
    }

    private mutating func plainField() -> String {
        let start = position
        while let byte = current, byte != .comma, !byte.endsLine { position += 1 }
        var end = position
        while end > start, bytes[end - 1].isBlank { end -= 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    private mutating func quotedField() throws(CSVRecords.Fault) -> String {
        let opened = line
        position += 1
        var text: [UInt8] = []
        while let byte = current {
            position += 1
            if byte == .quote {
                guard current == .quote else { return String(decoding: text, as: UTF8.self) }
                position += 1
            } else if byte == .lineFeed || (byte == .carriageReturn && current != .lineFeed) {
                line += 1
            }
            text.append(byte)
        }
        throw CSVRecords.Fault(line: opened, message: "a quoted field is never closed")
    }
}

extension UInt8 {
    fileprivate static let comma = UInt8(ascii: ",")
    fileprivate static let quote = UInt8(ascii: "\"")
    fileprivate static let lineFeed = UInt8(ascii: "\n")
    fileprivate static let carriageReturn = UInt8(ascii: "\r")

    fileprivate var endsLine: Bool { self == .lineFeed || self == .carriageReturn }
    fileprivate var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}
