import LikenessSupport

extension JSONValue {
    /// The value as an argument of a command: a number in full precision, or text; `nil` for other values.
    var argument: String? {
        switch self {
        case .number(let value): value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
        case .text(let value): value
        case .boolean(let value): "\(value)"
        default: nil
        }
    }
}
