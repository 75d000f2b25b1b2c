import LikenessSupport

/// Formats numbers for readers.
enum Words {
    /// Returns a share in percent; small shares get more digits, so that they are not shown as 0.
    static func percent(_ share: Double) -> String { "\(percentage(share)) %" }

    /// Returns a share in percent with its interval.
    static func percent(_ share: Double, _ low: Double, _ high: Double) -> String {
        "\(percent(share)) (\(percentage(low)) – \(percentage(high)))"
    }

    private static func percentage(_ share: Double) -> String {
        let value = 100 * share
        return decimal(value, value > 0 && value < 0.1 ? 4 : 2)
    }

    /// Returns a false match rate, such as 0.1 %.
    static func rate(_ rate: Double) -> String { significant(100 * rate) + " %" }

    /// Returns a number with a fixed number of decimal places.
    static func fixed(_ value: Double, _ digits: Int) -> String { decimal(value, digits) }

    /// Returns a threshold or a similarity.
    static func similarity(_ value: Float) -> String { fixed(Double(value), 4) }

    /// Returns an integer with its digits in groups of three.
    static func count(_ value: Int) -> String {
        let digits = Array(String(abs(value)))
        let grouped = digits.enumerated().map { index, digit in
            (digits.count - index) % 3 == 0 && index > 0 ? ",\(digit)" : "\(digit)"
        }
        return (value < 0 ? "−" : "") + grouped.joined()
    }

    /// Returns a p value, not smaller than its precision.
    static func chance(_ p: Double) -> String { p < 1e-4 ? scientific(p) : fixed(p, 4) }
}
