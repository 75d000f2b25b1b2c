import Foundation

/// The learning rate over the steps of a run.
public struct LearningRateSchedule: Sendable, Hashable, Codable {
    /// How the rate falls after the warm-up.
    public enum Decay: Sendable, Hashable, Codable {
        /// Not at all.
        case constant
        /// Multiplied by `factor` at each of these shares (0 to 1) of the run.
        case steps(at: [Double], factor: Double)
        /// Along half a cosine, down to `floor` times the rate (Loshchilov and Hutter, 2017, arXiv:1608.03983).
        case cosine(floor: Double)
    }

    /// The rate after the warm-up.
    public var rate: Double
    /// Over how many steps the rate rises from nearly zero in a straight line.
    public var warmUp: Int
    /// How it falls.
    public var decay: Decay

    /// A schedule from its parts.
    public init(rate: Double, warmUp: Int = 0, decay: Decay = .constant) {
        (self.rate, self.warmUp, self.decay) = (rate, warmUp, decay)
    }

    /// The rate of a step.
    ///
    /// - Parameters:
    ///   - step: From 0.
    ///   - total: How many steps the run has.
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
