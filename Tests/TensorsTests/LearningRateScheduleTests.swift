import Foundation
import Testing

@testable import Tensors

@Suite struct LearningRateScheduleTests {
    private func rates(_ schedule: LearningRateSchedule, of total: Int) -> [Double] {
        (0..<total).map { schedule.rate(at: $0, of: total) }
    }

    private func expect(_ found: [Double], _ expected: [Double], sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(found.count == expected.count, sourceLocation: sourceLocation)
        for (one, other) in zip(found, expected) { #expect(abs(one - other) < 1e-12, sourceLocation: sourceLocation) }
    }

    @Test func constant() { expect(rates(.init(rate: 0.5), of: 3), [0.5, 0.5, 0.5]) }

    @Test func warmUp() {
        expect(rates(.init(rate: 1, warmUp: 4), of: 6), [0.25, 0.5, 0.75, 1, 1, 1])
        expect(rates(.init(rate: 1, warmUp: 4), of: 2), [0.25, 0.5])
    }

    @Test func steps() {
        let decay = LearningRateSchedule.Decay.steps(at: [0.6, 0.8], factor: 0.1)
        expect(rates(.init(rate: 1, decay: decay), of: 5), [1, 1, 1, 0.1, 0.01])
        expect(rates(.init(rate: 1, warmUp: 1, decay: decay), of: 10), [1, 1, 1, 1, 1, 1, 0.1, 0.1, 0.01, 0.01])
    }

    @Test func cosine() {
        let half = 0.5.squareRoot()
        expect(
            rates(.init(rate: 2, decay: .cosine(floor: 0)), of: 4), [2, 1 + half, 1, 1 - half])
        expect(
            rates(.init(rate: 2, warmUp: 2, decay: .cosine(floor: 0.1)), of: 4), [1, 2, 2, 2 * (0.1 + 0.9 * 0.5)])
        #expect(LearningRateSchedule(rate: 2, decay: .cosine(floor: 0.1)).rate(at: 9, of: 4) == 0.2)
    }

    @Test func aRunWithoutSteps() {
        for decay in [LearningRateSchedule.Decay.constant, .steps(at: [0.5], factor: 0.5), .cosine(floor: 0.5)] {
            #expect(LearningRateSchedule(rate: 1, decay: decay).rate(at: 0, of: 0).isFinite)
        }
    }

    @Test func asJSON() throws {
        let schedule = LearningRateSchedule(rate: 0.1, warmUp: 5, decay: .steps(at: [0.5], factor: 0.1))
        let data = try JSONEncoder().encode(schedule)
        #expect(try JSONDecoder().decode(LearningRateSchedule.self, from: data) == schedule)
    }
}
