import LikenessSupport

/// A decoder for configurations that ignores nothing in the file.
///
/// A missing field has its value from the defaults. An object whose `kind` differs from the default's has the defaults
/// of its own kind. An unknown field is an error that suggests the closest known name, so that a misspelled name never
/// silently means the default.
struct StrictDecoder {
    /// Decodes `tree` as a `Value`.
    ///
    /// - Parameters:
    ///   - defaults: The values of missing fields.
    ///   - path: The path of `tree` in the file; empty for the whole file.
    static func decode<Value: Decodable>(
        _ type: Value.Type, from tree: JSONValue, defaults: JSONValue? = nil, at path: [String] = []
    ) throws -> Value {
        let record = FieldRecord()
        let place = Place(tree: tree, fallback: defaults, path: path, record: record)
        let value = try place.decode(type)
        try record.checkAllAsked()
        return value
    }
}

/// The fields in the file and the fields that were requested.
private final class FieldRecord {
    private var asked: [[String]: Set<String>] = [:]
    private var present: [[String]: Set<String>] = [:]

    func open(_ path: [String], names: some Sequence<String>) { present[path, default: []].formUnion(names) }
    func ask(_ name: String, at path: [String]) { asked[path, default: []].insert(name) }

    func checkAllAsked() throws {
        for (path, names) in present.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            let known = asked[path] ?? []
            guard let stranger = names.subtracting(known).min() else { continue }
            let nearest = Spelling.nearest(to: stranger, among: known.subtracting(names))
            throw ConfigurationError.unknownField(
                dotted(path + [stranger]), nearest: nearest.map { dotted(path + [$0]) })
        }
    }
}

/// Returns a field's name for an error.
private func dotted(_ path: [String]) -> String { path.isEmpty ? "(the whole file)" : path.joined(separator: ".") }

/// A value of the file and its path.
private struct Place: Decoder {
    let tree: JSONValue
    let fallback: JSONValue?
    let path: [String]
    let record: FieldRecord

    var codingPath: [any CodingKey] { path.map(FieldName.init) }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func wrong(_ expected: String) -> ConfigurationError {
        .wrongKind(dotted(path), found: tree.kind, expected: expected)
    }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if let value = try scalar(type) as? Value { return value }
        do {
            return try Value(from: self)
        } catch let DecodingError.dataCorrupted(context) {
            throw explained(type, context)
        } catch let DecodingError.keyNotFound(key, context) {
            throw ConfigurationError.missingField(dotted(context.codingPath.map(\.stringValue) + [key.stringValue]))
        } catch let DecodingError.typeMismatch(_, context) {
            throw ConfigurationError.wrongKind(
                dotted(context.codingPath.map(\.stringValue)), found: tree.kind, expected: context.debugDescription)
        }
    }

    /// Returns an error that lists the choices if an enum did not accept a text.
    private func explained(_ type: any Decodable.Type, _ context: DecodingError.Context) -> ConfigurationError {
        if let choices = (type as? any CaseIterable.Type)?.choices, case .text(let value) = tree {
            return .unknownChoice(dotted(path), value: value, choices: choices)
        }
        return .wrongKind(
            dotted(context.codingPath.map(\.stringValue)), found: tree.kind, expected: context.debugDescription)
    }

    /// Returns the value if `type` is a plain type; `nil` if the type decodes itself.
    private func scalar(_ type: any Decodable.Type) throws -> Any? {
        switch type {
        case is Bool.Type:
            guard case .boolean(let value) = tree else { throw wrong("true or false") }
            return value
        case is String.Type:
            guard case .text(let value) = tree else { throw wrong("a text") }
            return value
        case is Double.Type: return try number()
        case is Float.Type: return Float(try number())
        case is JSONValue.Type: return tree
        case let type as any FixedWidthInteger.Type:
            guard case .number(let number) = tree, let value = integer(number, type) else {
                throw wrong("a whole number")
            }
            return value
        default: return nil
        }
    }

    private func number() throws -> Double {
        guard case .number(let value) = tree else { throw wrong("a number") }
        return value
    }

    private func integer<Value: FixedWidthInteger>(_ number: Double, _ type: Value.Type) -> Value? {
        Value(exactly: number)
    }

    // MARK: Decoder

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let fields) = tree else { throw wrong("an object") }
        record.open(path, names: fields.keys)
        return KeyedDecodingContainer(Fields<Key>(place: self, fields: fields, defaults: defaults(for: fields)))
    }

    /// Returns the fields of the default, unless the default has another `kind`.
    private func defaults(for fields: [String: JSONValue]) -> [String: JSONValue] {
        guard case .object(let defaults) = fallback else { return [:] }
        if let kind = fields["kind"], let other = defaults["kind"], kind != other { return [:] }
        return defaults
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = tree else { throw wrong("a list") }
        return Elements(place: self, elements: elements)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { Single(place: self) }
}

private struct FieldName: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

extension CaseIterable {
    /// The names of the cases in a file, if the raw values are texts.
    fileprivate static var choices: [String]? {
        let values = allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
        return values.isEmpty ? nil : values
    }
}

private struct Fields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let place: Place
    let fields: [String: JSONValue]
    let defaults: [String: JSONValue]

    var codingPath: [any CodingKey] { place.codingPath }

    /// Only the keys in the file. All of them count as requested, because code that asks for every key accepts any
    /// name.
    var allKeys: [Key] {
        fields.keys.sorted().compactMap { name in
            guard let key = Key(stringValue: name) else { return nil }
            place.record.ask(name, at: place.path)
            return key
        }
    }

    func contains(_ key: Key) -> Bool {
        place.record.ask(key.stringValue, at: place.path)
        return fields[key.stringValue] != nil || defaults[key.stringValue] != nil
    }

    private func field(_ key: Key) throws -> Place {
        let name = key.stringValue
        place.record.ask(name, at: place.path)
        let path = place.path + [name]
        guard let tree = fields[name] ?? defaults[name] else { throw ConfigurationError.missingField(dotted(path)) }
        return Place(tree: tree, fallback: defaults[name], path: path, record: place.record)
    }

    func decodeNil(forKey key: Key) throws -> Bool { try field(key).tree == .null }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try field(key).decode(type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { try field(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try field(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { place }
    func superDecoder(forKey key: Key) throws -> any Decoder { try field(key) }
}

private struct Elements: UnkeyedDecodingContainer {
    let place: Place
    let elements: [JSONValue]
    private(set) var currentIndex = 0

    init(place: Place, elements: [JSONValue]) { (self.place, self.elements) = (place, elements) }

    var codingPath: [any CodingKey] { place.codingPath }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    private mutating func next() throws -> Place {
        let path = place.path + ["\(currentIndex)"]
        guard !isAtEnd else { throw ConfigurationError.missingField(dotted(path)) }
        defer { currentIndex += 1 }
        return Place(tree: elements[currentIndex], fallback: nil, path: path, record: place.record)
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, elements[currentIndex] == .null else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try next().decode(type) }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> { try next().container(keyedBy: type) }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
    mutating func superDecoder() throws -> any Decoder { try next() }
}

private struct Single: SingleValueDecodingContainer {
    let place: Place
    var codingPath: [any CodingKey] { place.codingPath }
    func decodeNil() -> Bool { place.tree == .null }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try place.decode(type) }
}
