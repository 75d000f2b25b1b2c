import Hummingbird
import Likeness

/// The fields of a request's query, checked: an unknown or repeated field is an error, so that a typing error never
/// changes a decision.
struct Query {
    private var values: [String: String] = [:]

    init(_ request: Request, _ allowed: String...) throws(ServerError) {
        for (name, value) in request.uri.queryParameters {
            let name = String(name)
            guard allowed.contains(name) else {
                let known = allowed.isEmpty ? "it has none" : "it has \(allowed.sorted().joined(separator: ", "))"
                throw .invalidRequest("the query field '\(name)' is unknown here; \(known)")
            }
            guard values.updateValue(String(value), forKey: name) == nil else {
                throw .invalidRequest("the query field '\(name)' occurs twice")
            }
        }
    }

    /// The fields that a decision depends on.
    static let policy = ["fmr", "fpir", "threshold"]

    /// Returns a text; `nil` without the field.
    subscript(_ name: String) -> String? { values[name] }

    /// Returns a text.
    func text(_ name: String) throws(ServerError) -> String {
        guard let value = values[name], !value.isEmpty else {
            throw .invalidRequest("the query field '\(name)' is needed")
        }
        return value
    }

    /// Returns a number; `nil` without the field.
    func number(_ name: String, in range: ClosedRange<Double>) throws(ServerError) -> Double? {
        guard let text = values[name] else { return nil }
        guard let value = Double(text), range.contains(value) else {
            throw .invalidRequest("\(name) must be a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// Returns a whole number; `nil` without the field.
    func integer(_ name: String, in range: ClosedRange<Int>) throws(ServerError) -> Int? {
        guard let text = values[name] else { return nil }
        guard let value = Int(text), range.contains(value) else {
            throw .invalidRequest("\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// Returns one of several words; `nil` without the field.
    func choice<Value: RawRepresentable<String>>(_ name: String, _ known: [Value]) throws(ServerError) -> Value? {
        guard let text = values[name] else { return nil }
        guard let value = known.first(where: { $0.rawValue == text }) else {
            let words = known.map(\.rawValue).joined(separator: ", ")
            throw .invalidRequest("\(name) must be one of \(words), not '\(text)'")
        }
        return value
    }

    /// Returns the policy that `fmr`, `fpir` or `threshold` ask for; `nil` without any of them.
    func policy() throws(ServerError) -> DecisionPolicy? {
        let given = Self.policy.filter { values[$0] != nil }
        guard given.count < 2 else { throw .invalidRequest("\(given.joined(separator: " and ")) exclude each other") }
        if let rate = try number("fmr", in: 1e-9...1) { return .falseMatchRate(rate) }
        if let rate = try number("fpir", in: 1e-9...1) { return .falseAlarmRate(rate) }
        if let threshold = try number("threshold", in: -1...1) { return .threshold(Float(threshold)) }
        return nil
    }
}
