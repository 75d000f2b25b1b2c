public import Foundation
import LikenessSupport

/// A configuration file whose fields are named by dotted paths, such as `settings.neurons`, and changed.
public struct RunFile: Sendable {
    /// What a field may be made.
    public enum Value: Sendable, Hashable {
        case number(Double)
        case text(String)
    }

    private let tree: JSONValue

    /// A file that ``RunConfiguration`` takes.
    ///
    /// - Throws: ``ConfigurationError``.
    public init(_ data: Data) throws {
        _ = try RunConfiguration(data)
        tree = try JSONDecoder().decode(JSONValue.self, from: data)
    }

    /// The file with some fields changed; fields that it left out are put in.
    ///
    /// - Parameter values: By the fields' dotted paths.
    /// - Throws: ``ConfigurationError/wrongKind(_:found:expected:)`` where a path goes through something else than an object.
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
    /// The dotted paths of the task's numbers in a file, such as `settings.neurons`, in alphabetical order.
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
