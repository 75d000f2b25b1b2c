/// Returns a share in percent, with the sign: `97.30 %`.
///
/// - Parameters:
///   - share: The share, 0...1.
///   - digits: The number of decimal places.
package func percent(_ share: Double, _ digits: Int = 2) -> String { decimal(100 * share, digits) + " %" }

/// Returns a share in percent with its interval: `97.30 % (96.10 to 98.20)`.
package func percent(_ share: Double, _ low: Double, _ high: Double) -> String {
    "\(percent(share)) (\(decimal(100 * low, 2)) to \(decimal(100 * high, 2)))"
}

/// Returns a probability as people say it: `97.3 %`; `< 0.01 %` and `> 99.99 %` instead of certainty.
package func percentage(_ probability: Double) -> String {
    if probability < 0.0001 { return "< 0.01 %" }
    if probability > 0.9999 { return "> 99.99 %" }
    return percent(probability, probability > 0.99 || probability < 0.01 ? 2 : 1)
}
