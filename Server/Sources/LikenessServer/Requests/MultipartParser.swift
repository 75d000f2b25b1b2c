/// Reads `multipart/form-data` (RFC 7578) piece by piece, however the pieces are cut.
///
/// It never looks at a byte twice, except for the last ones of a piece, which may begin a delimiter. Nothing but the
/// current header and the wanted contents is kept.
public struct MultipartParser: Sendable {
    /// A part of a form.
    public struct Part: Hashable, Sendable {
        /// The field's name.
        public var name: String
        /// The file's name; `nil` for a plain field.
        public var fileName: String?
        /// The contents.
        public var bytes: [UInt8] = []
    }

    /// A form that is not as RFC 7578 asks, in words.
    public struct Malformed: Error, Hashable, Sendable {
        /// What is wrong.
        public let reason: String
    }

    private enum State {
        case preamble, afterDelimiter, header, contents, epilogue
    }

    /// The most parts of a form.
    public static let mostParts = 64
    private static let longestHeader = 8192, mostHeaders = 16

    private let delimiter: [UInt8]
    private var state = State.preamble
    private var rest: [UInt8]
    private var headers = 0
    private var headerBytes = 0
    private var part: Part?
    /// The parts that are complete.
    public private(set) var parts: [Part] = []

    /// Creates a parser.
    ///
    /// - Parameter boundary: The boundary, 1 to 70 characters, from the header `Content-Type`.
    /// - Throws: ``Malformed``.
    public init(boundary: String) throws(Malformed) {
        guard (1...70).contains(boundary.utf8.count) else {
            throw Malformed(reason: "the boundary is missing or too long")
        }
        delimiter = Array("\r\n--\(boundary)".utf8)
        // The first delimiter may come without a line break before it.
        rest = [0x0D, 0x0A]
    }

    /// Returns the boundary of a header `Content-Type`; `nil` if it has none.
    public static func boundary(of contentType: String) -> String? {
        for parameter in contentType.split(separator: ";").dropFirst() {
            let pair = parameter.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].filter({ !$0.isWhitespace }).lowercased() == "boundary" else { continue }
            let value = pair[1].drop { $0 == " " }
            if value.first == "\"" { return String(value.dropFirst().prefix { $0 != "\"" }) }
            return String(value.prefix { $0 != " " })
        }
        return nil
    }

    /// Takes the next piece.
    ///
    /// - Throws: ``Malformed``.
    public mutating func take(_ piece: some Sequence<UInt8>) throws(Malformed) {
        rest.append(contentsOf: piece)
        var place = 0
        while try step(&place) {}
        rest.removeFirst(place)
    }

    /// Ends the form.
    ///
    /// - Returns: All parts.
    /// - Throws: ``Malformed`` if the last delimiter is missing.
    public mutating func finish() throws(Malformed) -> [Part] {
        guard case .epilogue = state else { throw Malformed(reason: "the form ends before its last boundary") }
        return parts
    }

    /// Takes what is certain from `place` on. Returns false if more bytes are needed.
    private mutating func step(_ place: inout Int) throws(Malformed) -> Bool {
        switch state {
        case .preamble, .contents:
            let (end, isFound) = nextDelimiter(from: place)
            if case .contents = state { part?.bytes.append(contentsOf: rest[place..<end]) }
            place = end
            guard isFound else { return false }
            place += delimiter.count
            if let part { parts.append(part) }
            part = nil
            state = .afterDelimiter
        case .afterDelimiter:
            guard rest.count - place >= 2 else { return false }
            if rest[place] == 0x2D, rest[place + 1] == 0x2D {
                state = .epilogue
            } else {
                // Spaces may follow a boundary.
                guard let line = try line(from: place) else { return false }
                guard rest[place..<line].allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else {
                    throw Malformed(reason: "a boundary is not followed by a line break")
                }
                place = line + 2
                guard parts.count < Self.mostParts else {
                    throw Malformed(reason: "the form has more than \(Self.mostParts) parts")
                }
                (state, headers, headerBytes) = (.header, 0, 0)
            }
        case .header:
            guard let end = try line(from: place) else { return false }
            let text = rest[place..<end]
            place = end + 2
            if text.isEmpty {
                guard part != nil else { throw Malformed(reason: "a part has no name") }
                state = .contents
            } else {
                headers += 1
                headerBytes += text.count
                guard headers <= Self.mostHeaders, headerBytes <= Self.longestHeader else {
                    throw Malformed(reason: "a part's headers are too long")
                }
                try readHeader(String(decoding: text, as: UTF8.self))
            }
        case .epilogue:
            place = rest.count
            return false
        }
        return true
    }

    /// Returns the end of the line from `place` on; `nil` if it is not there yet.
    private func line(from place: Int) throws(Malformed) -> Int? {
        var index = place
        while index + 1 < rest.count {
            if rest[index] == 0x0D, rest[index + 1] == 0x0A { return index }
            index += 1
        }
        guard rest.count - place <= Self.longestHeader else { throw Malformed(reason: "a part's header is too long") }
        return nil
    }

    /// Returns the place of the next delimiter, or the first place where one may begin.
    private func nextDelimiter(from place: Int) -> (Int, Bool) {
        rest.withUnsafeBufferPointer { bytes in
            var index = place
            while index < bytes.count {
                guard bytes[index] == 0x0D else {
                    index += 1
                    continue
                }
                let count = min(delimiter.count, bytes.count - index)
                var same = 1
                while same < count, bytes[index + same] == delimiter[same] { same += 1 }
                if same == delimiter.count { return (index, true) }
                if same == count, count < delimiter.count { return (index, false) }
                index += 1
            }
            return (bytes.count, false)
        }
    }

    private mutating func readHeader(_ line: String) throws(Malformed) {
        guard let colon = line.firstIndex(of: ":") else { throw Malformed(reason: "a part's header has no colon") }
        let name = line[..<colon].lowercased()
        let value = line[line.index(after: colon)...]
        if name == "content-transfer-encoding" {
            let encoding = value.filter { !$0.isWhitespace }.lowercased()
            guard ["binary", "8bit", "7bit"].contains(encoding) else {
                throw Malformed(reason: "a part is encoded as '\(encoding)'; send its bytes as they are")
            }
        }
        guard name == "content-disposition" else { return }
        guard part == nil else { throw Malformed(reason: "a part has two dispositions") }
        let parameters = Self.parameters(of: value)
        guard let field = parameters["name"], !field.isEmpty else { throw Malformed(reason: "a part has no name") }
        part = Part(name: field, fileName: parameters["filename"])
    }

    /// Returns the parameters after the first semicolon. Quoted values may contain semicolons and escaped quotes.
    private static func parameters(of value: Substring) -> [String: String] {
        var found: [String: String] = [:]
        var rest = value.drop { $0 != ";" }
        while rest.first == ";" {
            rest = rest.dropFirst().drop { $0.isWhitespace }
            let name = rest.prefix { $0 != "=" && $0 != ";" }
            rest = rest.dropFirst(name.count)
            var text = ""
            if rest.first == "=" {
                rest = rest.dropFirst()
                if rest.first == "\"" {
                    rest = rest.dropFirst()
                    while let character = rest.first, character != "\"" {
                        rest = rest.dropFirst()
                        if character == "\\", let escaped = rest.first, escaped == "\"" || escaped == "\\" {
                            text.append(escaped)
                            rest = rest.dropFirst()
                        } else {
                            text.append(character)
                        }
                    }
                    rest = rest.dropFirst()
                } else {
                    let plain = rest.prefix { $0 != ";" }
                    text = plain.filter { !$0.isWhitespace }
                    rest = rest.dropFirst(plain.count)
                }
            }
            found[name.filter { !$0.isWhitespace }.lowercased()] = text
            rest = rest.drop { $0 != ";" }
        }
        return found
    }
}
