import Foundation
import Testing

@testable import Evaluation

@Suite struct BinomialIntervalTests {
    @Test func isClosedWhereAllOrNoneSucceed() throws {
        // Without a failure, the lower end is (α/2)^(1/n).
        let all = try BinomialInterval(successes: 50, of: 50)
        #expect(all.high == 1 && isNear(all.low, pow(0.025, 1 / 50.0), within: 1e-14))
        let none = try BinomialInterval(successes: 0, of: 50)
        #expect(none.low == 0 && isNear(none.high, 1 - pow(0.025, 1 / 50.0), within: 1e-14))
    }

    @Test func isSymmetric() throws {
        for successes in 0...20 {
            let interval = try BinomialInterval(successes: successes, of: 20)
            let mirrored = try BinomialInterval(successes: 20 - successes, of: 20)
            #expect(isNear(interval.low, 1 - mirrored.high, within: 1e-13))
            #expect(interval.low <= Double(successes) / 20 && Double(successes) / 20 <= interval.high)
        }
    }

    @Test(arguments: [0, 1, -1, .nan]) func refusesWhatIsNoLevel(level: Double) {
        #expect(throws: EvaluationError.self) { try BinomialInterval(successes: 1, of: 2, level: level) }
    }

    @Test func invertsTheIncompleteBeta() {
        for (a, b) in [(0.5, 0.5), (1.0, 9.0), (28.0, 2.7e8), (1.35e8, 1.35e8), (2990.0, 11.0)] {
            let beta = IncompleteBeta(a: a, b: b)
            for probability in [1e-6, 0.025, 0.5, 0.975, 1 - 1e-6] {
                #expect(isNear(beta(beta.inverse(probability)), probability, within: 1e-10), "\(a) \(b) \(probability)")
            }
            #expect(beta.inverse(0) == 0 && beta.inverse(1) == 1 && beta(0) == 0 && beta(1) == 1)
        }
    }
}
