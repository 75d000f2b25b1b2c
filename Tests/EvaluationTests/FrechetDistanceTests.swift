import Evaluation
import LikenessSupport
import Testing

@Suite("Fréchet distance") struct FrechetDistanceTests {
    /// Returns vectors of two values with deviations 1 and 2 around (x, 0), at the four corners: the moments are exact
    /// (n − 1).
    private func corners(_ x: Float, scale: Float = 1) -> [[Float]] {
        [[-1, -2], [-1, 2], [1, -2], [1, 2]].map { [x + scale * $0[0], scale * $0[1]] }
    }

    @Test("The distance of a set from itself is 0, and a shift counts with its square") func shift() throws {
        #expect(try abs(FrechetDistance.squared(corners(0), corners(0))) < 1e-9)
        #expect(try abs(FrechetDistance.squared(corners(0), corners(3)) - 9) < 1e-9)
    }

    @Test("With the same axes, the differences of the deviations count with their squares") func scales() throws {
        // Variances 4/3 and 16/3, and four times as much: Σ (σ − 2σ)² = 4/3 + 16/3.
        let found = try FrechetDistance.squared(corners(0), corners(0, scale: 2))
        #expect(abs(found - 20.0 / 3) < 1e-9)
    }

    @Test("The distance is symmetric, also for correlated values") func symmetry() throws {
        var generator = SplitMix64(state: 4)
        func rows(_ mix: Float) -> [[Float]] {
            (0..<40).map { _ in
                let x = (0..<3).map { _ in Float(generator.next() >> 40) * 0x1p-24 }
                return x + [mix * x[0] + x[1], x[0] + x[1] + x[2]]
            }
        }
        let a = rows(1), b = rows(-2)
        let there = try FrechetDistance.squared(a, b), back = try FrechetDistance.squared(b, a)
        #expect(there > 0.1 && abs(there - back) < 1e-6 * there)
    }

    @Test("A single vector is refused") func faults() {
        #expect(throws: EvaluationError.tooFewDescriptions) { try FrechetDistance.squared([[1]], [[1], [2]]) }
        #expect(throws: EvaluationError.tooFewDescriptions) {
            try FrechetDistance.squared([[1], [2]], [[1], [2, 3]])
        }
    }
}
