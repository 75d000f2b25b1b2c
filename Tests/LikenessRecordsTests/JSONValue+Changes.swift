import LikenessSupport

extension JSONValue {
    /// Returns the value with one random change: a missing field, a null field, or another number or text.
    func changed(by generator: inout some RandomNumberGenerator) -> JSONValue {
        switch self {
        case .object(var fields):
            guard let key = fields.keys.sorted().randomElement(using: &generator), let value = fields[key] else {
                return self
            }
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: fields[key] = nil
            case 1: fields[key] = .null
            default: fields[key] = value.changed(by: &generator)
            }
            return .object(fields)
        case .array(var values):
            guard let place = values.indices.randomElement(using: &generator) else { return self }
            if Int.random(in: 0..<6, using: &generator) == 0 {
                values.remove(at: place)
            } else {
                values[place] = values[place].changed(by: &generator)
            }
            return .array(values)
        case .number:
            let others: [JSONValue] = [
                .number(0), .number(-1), .number(17), .number(0.375), .number(-2.5e-7), .text("inf"), .text("-inf"),
            ]
            return others.randomElement(using: &generator) ?? self
        case .text: return .text(["", "näher", "a \"b\"\n", "\\xFF"].randomElement(using: &generator) ?? "")
        case .boolean(let value): return .boolean(!value)
        case .null: return .null
        }
    }

    /// Returns the paths at which another value differs. A field that is `null` in one and missing in the other is
    /// equal.
    func differences(from other: JSONValue, at place: String = "") -> [String] {
        switch (self, other) {
        case (.object(let own), .object(let others)):
            return Set(own.keys).union(others.keys).sorted().flatMap { key in
                (own[key] ?? .null).differences(from: others[key] ?? .null, at: "\(place).\(key)")
            }
        case (.array(let own), .array(let others)) where own.count == others.count:
            return own.indices.flatMap { own[$0].differences(from: others[$0], at: "\(place)[\($0)]") }
        case (.number(let own), .number(let other)):
            // A number of single precision has about seven digits.
            return abs(own - other) <= 1e-6 * abs(own) ? [] : [place]
        default: return self == other ? [] : [place]
        }
    }
}
