/// A setting of a training run: a number or a name.
public enum SettingRecord: Codable, Hashable, Sendable {
    /// A whole number.
    case integer(Int)
    /// Any other number.
    case real(Double)
    /// A name.
    case name(String)

    /// Reads a number or a name; a number without a fraction is read as a whole number.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Int.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .real(value)
        } else {
            self = .name(try container.decode(String.self))
        }
    }

    /// Writes the number or the name.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .integer(let value): try container.encode(value)
        case .real(let value): try container.encode(value)
        case .name(let value): try container.encode(value)
        }
    }
}
