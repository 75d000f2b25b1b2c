import Foundation

/// Reasons for errors in words for people, also for errors of Foundation, decoders and the system, whose own messages
/// are meant for programmers.
public enum Reason {
    /// Returns the reason as one clause, without a full stop. The package's own errors provide it themselves.
    public static func text(of error: any Error) -> String {
        switch error {
        case let error as DecodingError: error.sentence
        case let error as EncodingError: error.sentence
        default: number(of: error).map(text(of:)) ?? own(error) ?? "the reason is unknown"
        }
    }

    /// Returns the system's message for an error number, such as `Permission denied`.
    public static func text(of number: Int32) -> String { String(cString: strerror(number)) }

    /// Returns the error's own description; `nil` if its type has none for people.
    private static func own(_ error: any Error) -> String? {
        type(of: error) is any CustomStringConvertible.Type ? String(describing: error) : nil
    }

    /// Returns the system's error number of an error or of its underlying cause; `nil` for the package's own errors.
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
    /// The problem and the field, such as `the field steps.0.kind is not a string`.
    public var sentence: String {
        switch self {
        case .keyNotFound(let key, let context): "the field \(Self.place(context.codingPath + [key])) is missing"
        case .valueNotFound(let type, let context):
            "\(Self.subject(context.codingPath)) is null, but \(Self.words(for: type)) is needed"
        case .typeMismatch(let type, let context):
            "\(Self.subject(context.codingPath)) is not \(Self.words(for: type))"
        case .dataCorrupted(let context): Self.sentence(of: context)
        @unknown default: "it can't be read"
        }
    }

    /// Returns the message of the package's own decoding unchanged, and replaces Foundation's.
    private static func sentence(of context: Context) -> String {
        let said = context.debugDescription
        if context.codingPath.isEmpty, said.contains("not valid JSON") {
            let details = (context.underlyingError as NSError?)?.userInfo[NSDebugDescriptionErrorKey] as? String
            return "it is not valid JSON" + (details.map { " (\(trimmed($0)))" } ?? "")
        }
        let isForeign = foreignWords.contains(where: said.contains)
        let subject = subject(context.codingPath)
        guard isForeign else { return context.codingPath.isEmpty ? said : "\(place(context.codingPath)): \(said)" }
        return said.contains("Cannot initialize")
            ? "\(subject) is not one of the allowed words" : "\(subject) holds a number that is too large"
    }

    /// Phrases that occur in such messages of Foundation and of code that the compiler generates.
    private static let foreignWords = ["Cannot initialize", "not representable", "does not fit", "is too large"]

    private static func trimmed(_ text: String) -> String {
        text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    private static func subject(_ path: [any CodingKey]) -> String {
        path.isEmpty ? "the top-level value" : "the field \(place(path))"
    }

    private static func place(_ path: [any CodingKey]) -> String {
        path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }

    /// Returns the name of a type in JSON.
    private static func words(for type: any Any.Type) -> String {
        switch type {
        case is Bool.Type: "true or false"
        case is String.Type: "a string"
        case is any BinaryInteger.Type: "an integer in range"
        case is any BinaryFloatingPoint.Type: "a number"
        default: "\(type)".hasPrefix("Array") || "\(type)".hasPrefix("[") ? "a list" : "an object"
        }
    }
}

extension EncodingError {
    /// The value that can't be written, with its field.
    fileprivate var sentence: String {
        guard case .invalidValue(let value, let context) = self else {
            return "a value can't be represented in the file"
        }
        let path = context.codingPath.map(\.stringValue).joined(separator: ".")
        return (path.isEmpty ? "the top-level value" : path) + " is \(value)"
    }
}
