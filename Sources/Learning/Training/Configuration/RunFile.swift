public import Foundation
import LikenessSupport

/// A configuration file whose fields can be changed by dotted path, such as `settings.neurons`.
public struct RunFile: Sendable {
    /// A new value for a field.
    public enum Value: Sendable, Hashable {
        case number(Double)
        case text(String)
    }

    private let tree: JSONValue

    /// Reads a file that ``RunConfiguration`` accepts.
    ///
    /// - Throws: ``ConfigurationError``.
    public init(_ data: Data) throws {
        _ = try RunConfiguration(data)
        tree = try JSONDecoder().decode(JSONValue.self, from: data)
    }

    /// Returns the file with some fields changed. Fields that the file lacks are added.
    ///
    /// - Parameter values: The new values by dotted path.
    /// - Throws: ``ConfigurationError/wrongKind(_:found:expected:)`` if a path leads through a value that is not an
    ///   object.
    public func changing(_ values: [String: Value]) throws -> Data {
        var changed = tree
        for (path, value) in values.sorted(by: { $0.key < $1.key }) {
            let names = path.split(separator: ".").map(String.init)
            changed = try Self.setting(value, in: changed, names[...], path: path)
        }
        return try RunFiles.encoder.encode(changed)
    }

    private static func setting(
        _ value: Value, in tree: JSONValue, _ names: ArraySlice<String>, path: String
    ) throws -> JSONValue {
        guard let name = names.first else {
            return switch value {
            case .number(let number): .number(number)
            case .text(let text): .text(text)
            }
        }
        guard case .object(var fields) = tree else {
            throw ConfigurationError.wrongKind(path, found: tree.kind, expected: "a field of an object")
        }
        fields[name] = try setting(value, in: fields[name] ?? .object([:]), names.dropFirst(), path: path)
        return .object(fields)
    }
}

extension RunnableTask {
    /// The dotted paths of the task's numeric settings, such as `settings.neurons`, in alphabetical order.
    public static var numericFields: [String] {
        get throws { try Self.numbers(in: JSONValue(encoding: Settings()), at: "settings").sorted() }
    }

    private static func numbers(in tree: JSONValue, at path: String) -> [String] {
        switch tree {
        case .number: [path]
        case .object(let fields): fields.flatMap { numbers(in: $1, at: "\(path).\($0)") }
        default: []
        }
    }
}
