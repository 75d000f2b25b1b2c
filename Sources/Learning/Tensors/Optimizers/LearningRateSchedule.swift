import Foundation

/// A schedule of the learning rate over the steps of a run.
public struct LearningRateSchedule: Sendable, Hashable, Codable {
    /// The way in which the rate falls after the warm-up.
    public enum Decay: Sendable, Hashable, Codable {
        /// The rate does not fall.
        case constant
        /// The rate is multiplied by `factor` at each of these shares (0 to 1) of the run.
        case steps(at: [Double], factor: Double)
        /// The rate follows half a cosine down to `floor` times its value (Loshchilov and Hutter, 2017,
        /// arXiv:1608.03983).
        case cosine(floor: Double)
    }

    /// The rate after the warm-up.
    public var rate: Double
    /// The number of steps over which the rate rises linearly from nearly zero.
    public var warmUp: Int
    /// The decay after the warm-up.
    public var decay: Decay

    /// Creates a schedule from its parts.
    public init(rate: Double, warmUp: Int = 0, decay: Decay = .constant) {
        (self.rate, self.warmUp, self.decay) = (rate, warmUp, decay)
    }

    /// Returns the rate of a step.
    ///
    /// - Parameters:
    ///   - step: The step's number, from 0.
    ///   - total: The number of steps in the run.
    public func rate(at step: Int, of total: Int) -> Double {
        if step < warmUp { return rate * Double(step + 1) / Double(warmUp) }
        let progress = total > warmUp ? min(1, Double(step - warmUp) / Double(total - warmUp)) : 1
        switch decay {
        case .constant: return rate
        case .steps(let shares, let factor):
            let share = total > 0 ? Double(step) / Double(total) : 1
            return rate * pow(factor, Double(shares.count { $0 <= share }))
        case .cosine(let floor): return rate * (floor + (1 - floor) * (1 + cos(.pi * progress)) / 2)
        }
    }
}
