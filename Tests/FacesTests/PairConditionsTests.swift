import Foundation
import Testing

@testable import Faces

@Suite struct PairConditionsTests {
    private let plain = ContextVector(
        yaw: 5, pitch: -3, roll: 1, intensity: 0.5, contrast: 0.2, illuminationDifference: 0.1, underexposed: 0.05,
        overexposed: 0.02, sharpness: 20, size: 120, confidence: 0.95, maskProbability: 0.1)

    @Test func areTheWorseOfTwoFaces() {
        var other = plain
        other.yaw = -30
        other.intensity = 0.2
        other.sharpness = 5
        other.size = 40
        other.maskProbability = 0.9
        let conditions = PairConditions(plain, other)
        #expect(conditions == PairConditions(other, plain))
        #expect(conditions.yaw == 30 && conditions.pitch == 3)
        #expect(abs(conditions.darkest - 0.2) < 1e-6 && abs(conditions.brightest - 0.5) < 1e-6)
        #expect(abs(conditions.logSharpness - log(5)) < 1e-6 && abs(conditions.logSize - log(40)) < 1e-6)
        #expect(conditions.labels == [.masked, .turned, .poorlyLit, .blurred, .small])
        #expect(conditions.cell == "masked+turned+poorlyLit+blurred+small")
        #expect(conditions.values.count == PairConditions.names.count)
    }

    @Test func plainFacesHaveNoLabel() {
        #expect(PairConditions(plain, plain).labels.isEmpty && PairConditions(plain, plain).cell == "plain")
        var masked = plain
        masked.maskProbability = 0.8
        #expect(PairConditions(masked, masked).labels == [.bothMasked])
    }

    @Test func whatIsNotKnownOfOneIsNotKnownOfBoth() {
        var unknown = plain
        unknown.maskProbability = nil
        let conditions = PairConditions(plain, unknown)
        #expect(conditions.masked == nil && conditions.bothMasked == nil && conditions.labels.isEmpty)
        let features = ConditionFeatures(fitting: [PairConditions(plain, plain), conditions])
        // The mask never varied and is unknown, so it has no effect.
        #expect(features.values(of: conditions).suffix(2) == [0, 0])
    }

    @Test func featuresAreStandardized() {
        let rows = (0..<50).map { index in
            var context = plain
            context.yaw = Float(index)
            return PairConditions(context, plain)
        }
        let features = ConditionFeatures(fitting: rows)
        let yaws = rows.map { features.values(of: $0)[0] }
        #expect(abs(yaws.reduce(0, +)) < 1e-9 && abs(yaws.reduce(0) { $0 + $1 * $1 } / 50 - 1) < 1e-9)
        var beyond = rows[0]
        beyond.yaw = 500
        #expect(features.values(of: beyond)[0] == yaws[49])
    }
}
