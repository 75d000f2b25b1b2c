import Foundation

/// Why something went wrong, in words for people: also where Foundation, a decoder or the system says so in words for
/// programmers.
public enum Reason {
    /// One clause, without a full stop. Errors of our own say it themselves.
    public static func text(of error: any Error) -> String {
        switch error {
        case let error as DecodingError: error.sentence
        case let error as EncodingError: error.sentence
        default: number(of: error).map(text(of:)) ?? own(error) ?? "no reason is known"
        }
    }

    /// What the system says of an error by its number, such as `Permission denied`.
    public static func text(of number: Int32) -> String { String(cString: strerror(number)) }

    /// What an error says of itself; `nil` where its type has no words for people.
    private static func own(_ error: any Error) -> String? {
        type(of: error) is any CustomStringConvertible.Type ? String(describing: error) : nil
    }

    /// The system's number of an error, or of the one that it was caused by; `nil` for errors of our own.
    public static func number(of error: any Error) -> Int32? {
        if let error = error as? POSIXError { return error.code.rawValue }
        if let error = error as? SystemError { return error.number }
        let error = error as NSError
        if error.domain == NSPOSIXErrorDomain { return Int32(clamping: error.code) }
        if let cause = error.userInfo[NSUnderlyingErrorKey] as? any Error, let number = number(of: cause) {
            return number
        }
        guard error.domain == NSCocoaErrorDomain else { return nil }
        switch CocoaError.Code(rawValue: error.code) {
        case .fileNoSuchFile, .fileReadNoSuchFile: return ENOENT
        case .fileReadNoPermission, .fileWriteNoPermission: return EACCES
        case .fileWriteOutOfSpace: return ENOSPC
        case .fileWriteVolumeReadOnly: return EROFS
        case .fileWriteFileExists: return EEXIST
        default: return EIO
        }
    }
}

extension DecodingError {
    /// What is wrong with the file, with the field: `steps.0.kind is not a text`.
    public var sentence: String {
        switch self {
        case .keyNotFound(let key, let context): "the field \(Self.place(context.codingPath + [key])) is missing"
        case .valueNotFound(let type, let context):
            "\(Self.subject(context.codingPath)) is null, and \(Self.words(for: type)) is needed"
        case .typeMismatch(let type, let context):
            "\(Self.subject(context.codingPath)) is not \(Self.words(for: type))"
        case .dataCorrupted(let context): Self.sentence(of: context)
        @unknown default: "it can't be read"
        }
    }

    /// Says what our own decoding has said, and what Foundation says in other words.
    private static func sentence(of context: Context) -> String {
        let said = context.debugDescription
        if context.codingPath.isEmpty, said.contains("not valid JSON") {
            let details = (context.underlyingError as NSError?)?.userInfo[NSDebugDescriptionErrorKey] as? String
            return "it is no JSON" + (details.map { " (\(trimmed($0)))" } ?? "")
        }
        let isForeign = foreignWords.contains(where: said.contains)
        let subject = subject(context.codingPath)
        guard isForeign else { return context.codingPath.isEmpty ? said : "\(place(context.codingPath)): \(said)" }
        return said.contains("Cannot initialize")
            ? "\(subject) is none of the words that may stand there" : "\(subject) holds a number that is too large"
    }

    /// What Foundation's and the compiler's own sentences of this kind hold.
    private static let foreignWords = ["Cannot initialize", "not representable", "does not fit", "is too large"]

    private static func trimmed(_ text: String) -> String {
        text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    private static func subject(_ path: [any CodingKey]) -> String {
        path.isEmpty ? "the whole" : "the field \(place(path))"
    }

    private static func place(_ path: [any CodingKey]) -> String {
        path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }

    /// What a type is in JSON, in words.
    private static func words(for type: any Any.Type) -> String {
        switch type {
        case is Bool.Type: "true or false"
        case is String.Type: "a text"
        case is any BinaryInteger.Type: "a whole number in range"
        case is any BinaryFloatingPoint.Type: "a number"
        default: "\(type)".hasPrefix("Array") || "\(type)".hasPrefix("[") ? "a list" : "an object"
        }
    }
}

extension EncodingError {
    /// What can't be written, with the field.
    fileprivate var sentence: String {
        guard case .invalidValue(let value, let context) = self else { return "a value has no form in the file" }
        let path = context.codingPath.map(\.stringValue).joined(separator: ".")
        return (path.isEmpty ? "the whole" : path) + " is \(value)"
    }
}
