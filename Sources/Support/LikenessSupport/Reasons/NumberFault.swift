public import Foundation

extension Reason {
    /// Returns the reason why `data` could not be decoded as `type`.
    ///
    /// If a field can't hold its number, for example `1e999`, or `2.5` for an integer, Foundation reports that the
    /// whole text is not valid JSON. To find the field, each number in turn is replaced by another one and the text is
    /// decoded again.
    ///
    /// - Parameters:
    ///   - error: The error that the decoder threw.
    ///   - type: The type to decode.
    ///   - data: The JSON text.
    public static func text<Value: Decodable>(
        of error: any Error, decoding type: Value.Type, from data: Data
    ) -> String {
        guard isSaidToBeNoJSON(error) else { return text(of: error) }
        let bytes = [UInt8](data)
        for number in JSONNumbers(bytes).numbers.prefix(most) where bytes.count <= longest {
            var other = bytes
            other.replaceSubrange(number.place, with: [UInt8(ascii: "1")])
            let isFault: Bool
            do {
                _ = try JSONDecoder().decode(type, from: Data(other))
                isFault = true
            } catch {
                isFault = !isSaidToBeNoJSON(error)
            }
            guard isFault else { continue }
            let value = String(decoding: bytes[number.place], as: UTF8.self)
            return "the field \(number.path) is \(value), a number that this field can't hold"
        }
        do {
            _ = try JSONSerialization.jsonObject(with: data)
        } catch {
            let details = (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String
            return text(of: DecodingError.noJSON) + (details.map { " (\($0.filter { $0 != "." }))" } ?? "")
        }
        return text(of: error)
    }

    private static func isSaidToBeNoJSON(_ error: any Error) -> Bool {
        text(of: error).hasPrefix(text(of: DecodingError.noJSON))
    }

    /// The search tries at most `most` numbers, and is only done for files of at most `longest` bytes.
    private static let most = 2000, longest = 1 << 18
}

extension DecodingError {
    fileprivate static let noJSON = DecodingError.dataCorrupted(
        Context(codingPath: [], debugDescription: "The given data was not valid JSON."))
}

/// The positions of the numbers in a JSON text, and their fields.
private struct JSONNumbers {
    /// The byte range of each number, and the path of its field, such as `steps.0.range.1`.
    private(set) var numbers: [(place: Range<Int>, path: String)] = []

    /// An object or list that is open at a position in the text.
    private enum Frame {
        case object(key: String?)
        case array(index: Int)

        var name: String {
            switch self {
            case .object(let key): key ?? ""
            case .array(let index): String(index)
            }
        }
    }

    init(_ bytes: [UInt8]) {
        var frames: [Frame] = [], place = 0
        while place < bytes.count {
            let start = place
            place += 1
            switch bytes[start] {
            case UInt8(ascii: "{"): frames.append(.object(key: nil))
            case UInt8(ascii: "["): frames.append(.array(index: 0))
            case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = frames.popLast()
            case UInt8(ascii: ","):
                switch frames.popLast() {
                case .object: frames.append(.object(key: nil))
                case .array(let index): frames.append(.array(index: index + 1))
                case nil: break
                }
            case UInt8(ascii: "\""):
                while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
                    place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
                }
                if case .object(key: nil) = frames.last {
                    let text = String(
                        decoding: bytes[min(start + 1, bytes.count)..<min(place, bytes.count)], as: UTF8.self)
                    frames[frames.count - 1] = .object(key: text)
                }
                place += 1
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                while place < bytes.count, Self.digits.contains(bytes[place]) { place += 1 }
                numbers.append((start..<place, frames.map(\.name).joined(separator: ".")))
            default: break
            }
        }
    }

    private static let digits = Set("0123456789+-.eE".utf8)
}
