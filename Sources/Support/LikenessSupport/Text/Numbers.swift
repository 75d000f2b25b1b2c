import Foundation

/// Returns a number with a fixed number of decimal places, and `-` if there is none.
///
/// - Parameters:
///   - value: The number.
///   - digits: The number of decimal places.
package func decimal(_ value: (some BinaryFloatingPoint)?, _ digits: Int) -> String {
    guard let value else { return "-" }
    let text = String(format: "%.\(digits)f", Double(value))
    // A small negative number is rounded to -0.
    return text.hasPrefix("-") && text.allSatisfy { "-0.".contains($0) } ? String(text.dropFirst()) : text
}

/// Returns a difference with its sign and a fixed number of decimal places: `+0.25`.
package func signed(_ value: some BinaryFloatingPoint, _ digits: Int) -> String {
    String(format: "%+.\(digits)f", Double(value))
}

/// Returns a number with at most so many digits, such as a rate: `0.001`, `1e-06`; and `-` if there is none.
package func significant(_ value: (some BinaryFloatingPoint)?, _ digits: Int = 6) -> String {
    value.map { String(format: "%.\(digits)g", Double($0)) } ?? "-"
}

/// Returns a number as a power of ten: `1e-06`.
///
/// - Parameters:
///   - value: The number.
///   - digits: The number of decimal places before the power.
package func scientific(_ value: some BinaryFloatingPoint, _ digits: Int = 0) -> String {
    String(format: "%.\(digits)e", Double(value))
}
