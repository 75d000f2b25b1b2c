import LikenessSupport

@testable import Evaluation

/// Comparisons drawn from a seed.
enum Drawn {
    /// Returns random comparisons.
    ///
    /// - Parameters:
    ///   - seed: The seed of the random numbers.
    ///   - mated: The number of mated comparisons.
    ///   - impostors: The number of impostor comparisons.
    ///   - steps: The number of levels: similarities are multiples of 1 / steps, so that few steps give many ties.
    ///   - failed: One in this number of comparisons has no similarity.
    ///   - people: The number of people; 0 for none.
    static func comparisons(
        seed: UInt64, mated: Int, impostors: Int, steps: Int, failed: Int = 0, people: Int = 0
    ) -> [Comparison] {
        var random = SplitMix64(state: seed)
        let comparisons = (0..<mated + impostors).map { index in
            let isMated = index < mated
            let similarity =
                Float(Int.random(in: isMated ? 0...steps : -steps...steps / 2, using: &random)) / Float(steps)
            let fails = failed > 0 && Int.random(in: 0..<failed, using: &random) == 0
            let a = people > 0 ? Int.random(in: 0..<people, using: &random) : 0
            let other = people > 1 ? (a + Int.random(in: 1..<people, using: &random)) % people : 0
            return Comparison(
                similarity: fails ? nil : similarity, isMated: isMated, fold: index % 10,
                personA: people > 0 ? "\(a)" : nil, personB: people > 0 ? "\(isMated ? a : other)" : nil)
        }
        return comparisons.shuffled(using: &random)
    }
}

func isNear(_ a: Double, _ b: Double, within tolerance: Double = 1e-9) -> Bool { abs(a - b) <= tolerance }
