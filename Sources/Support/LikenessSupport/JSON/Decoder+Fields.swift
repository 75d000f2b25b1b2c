extension Decoder {
    /// Checks that the object has no other fields than these, so that a misspelled name is never ignored.
    ///
    /// - Throws: `DecodingError.dataCorrupted`, which names the field and the known ones.
    package func refuseOtherFields(than known: [some CodingKey]) throws {
        let names = known.map(\.stringValue)
        let container = try container(keyedBy: AnyFieldName.self)
        let others = container.allKeys.filter { !names.contains($0.stringValue) }
        guard let other = others.min(by: { $0.stringValue < $1.stringValue }) else { return }
        throw DecodingError.dataCorruptedError(
            forKey: other, in: container,
            debugDescription: "there is no such field; the fields are \(names.joined(separator: ", "))")
    }
}

/// The name of any field of a JSON object.
private struct AnyFieldName: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
