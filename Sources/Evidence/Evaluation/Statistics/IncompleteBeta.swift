import Foundation

/// The regularized incomplete beta function I_x(a, b) with fixed parameters: the cumulative distribution function of a
/// share.
///
/// swift-numerics has no such function. The continued fraction is DLMF 8.17.22, evaluated by Lentz's method. Its factor
/// uses Loader's saddle-point form (*Fast and accurate computation of binomial probabilities*, 2000), because
/// differences of log-gammas lose ten digits at hundreds of millions of trials.
struct IncompleteBeta {
    let a: Double
    let b: Double
    /// √(ab / 2π(a + b)) and the three Stirling errors: the part of the factor that does not depend on x.
    private let scale: Double

    /// Creates the function; both parameters are above 0.
    init(a: Double, b: Double) {
        precondition(a > 0 && b > 0, "both parameters must be positive")
        self.a = a
        self.b = b
        let errors = Self.stirlingError(a + b) - Self.stirlingError(a) - Self.stirlingError(b)
        // Uses a · (b / (a + b)) instead of ab / (a + b), which may overflow.
        scale = (a * (b / (a + b)) / (2 * .pi)).squareRoot() * exp(errors)
    }

    /// Returns I_x(a, b), to about 14 digits.
    func callAsFunction(_ x: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x < 1 else { return 1 }
        let factor = factor(x)
        if x <= (a + 1) / (a + b + 2) { return factor * Self.continuedFraction(a, b, x) / a }
        return 1 - factor * Self.continuedFraction(b, a, 1 - x) / b
    }

    /// Returns the x at which I_x(a, b) is `probability`, by Newton's method within a shrinking bracket.
    func inverse(_ probability: Double) -> Double {
        guard probability > 0 else { return 0 }
        guard probability < 1 else { return 1 }
        var low = 0.0, high = 1.0
        var x = a / (a + b)
        for _ in 0..<200 {
            let excess = self(x) - probability
            if excess > 0 { high = x } else { low = x }
            let slope = factor(x) / (x * (1 - x))
            var next = x - excess / slope
            if !(next > low && next < high) { next = low + (high - low) / 2 }
            if abs(next - x) <= 2 * x.ulp { return next }
            x = next
        }
        return x
    }

    /// Returns x^a (1 − x)^b / B(a, b).
    private func factor(_ x: Double) -> Double {
        scale * exp(-Self.deviance(a, (a + b) * x) - Self.deviance(b, (a + b) * (1 - x)))
    }

    /// Returns DLMF 8.17.22 for x at most (a + 1) / (a + b + 2), where it converges in O(√max(a, b)) steps.
    private static func continuedFraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
        let tiny = 1e-300
        func kept(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
        var numerator = 1.0
        var denominator = 1 / kept(1 - (a + b) * x / (a + 1))
        var value = denominator
        for step in 1...1_000_000 {
            let m = Double(step)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            denominator = 1 / kept(1 + even * denominator)
            numerator = kept(1 + even / numerator)
            value *= denominator * numerator
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            denominator = 1 / kept(1 + odd * denominator)
            numerator = kept(1 + odd / numerator)
            value *= denominator * numerator
            if abs(denominator * numerator - 1) < 1e-15 { break }
        }
        return value
    }

    /// Returns observed · ln(observed / expected) + expected − observed, without cancellation if the two are close.
    private static func deviance(_ observed: Double, _ expected: Double) -> Double {
        let difference = observed - expected
        guard abs(difference) < 0.1 * (observed + expected) else {
            return observed * log(observed / expected) + expected - observed
        }
        let ratio = difference / (observed + expected)
        var sum = difference * ratio
        var term = 2 * observed * ratio
        for order in stride(from: 3.0, through: 61, by: 2) {
            term *= ratio * ratio
            let next = sum + term / order
            if next == sum { break }
            sum = next
        }
        return sum
    }

    /// Returns ln Γ(z) minus Stirling's formula: the series 1 / 12z − 1 / 360z³ + ….
    private static func stirlingError(_ z: Double) -> Double {
        guard z >= 16 else { return lgamma(z) - (z - 0.5) * log(z) + z - 0.5 * log(2 * Double.pi) }
        let square = z * z
        let tail = 1 / 1260.0 - (1 / 1680.0 - (1 / 1188.0 - 691 / 360_360.0 / square) / square) / square
        return (1 / 12.0 - (1 / 360.0 - tail / square) / square) / z
    }
}
