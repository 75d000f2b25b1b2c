import Foundation

/// The standard normal distribution, whose quantiles are the axes of a DET plot (Martin et al., *The DET curve in
/// assessment of detection task performance*, 1997).
public enum NormalDistribution {
    /// Returns the probability of a value up to `x`.
    public static func probability(below x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }

    /// Returns the value below which `probability` lies: infinite at 0 and 1.
    ///
    /// Computed by Abramowitz and Stegun 26.2.23, exact to 4.5e-4, followed by Newton's steps to full precision.
    public static func quantile(_ probability: Double) -> Double {
        precondition((0...1).contains(probability), "a probability must be between 0 and 1")
        guard probability > 0 else { return -.infinity }
        guard probability <= 0.5 else { return -quantile(1 - probability) }
        let t = (-2 * log(probability)).squareRoot()
        let numerator = 2.515517 + t * (0.802853 + t * 0.010328)
        var x = numerator / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t
        for _ in 0..<4 {
            let density = exp(-x * x / 2) / (2 * Double.pi).squareRoot()
            guard density > 0 else { break }
            let error = (self.probability(below: x) - probability) / density
            // Halley's correction, because Newton's method alone is slow in the far tail.
            x -= error / (1 + x * error / 2)
        }
        return x
    }
}
