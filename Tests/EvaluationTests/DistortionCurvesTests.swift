import Testing

@testable import Evaluation

@Suite struct DistortionCurvesTests {
    /// Returns a hundred impostors at 0, 0.01, 0.02 and so on, and ten mated pairs at 0.845, 0.865 and so on.
    private func comparisons(impostors shift: Float = 0, mated fall: Float = 0, failed: Int = 0) -> [Comparison] {
        let impostors = (0..<100).map { index in
            Comparison(similarity: index < failed ? nil : Float(index) / 100 + shift, isMated: false)
        }
        let mated = (0..<10).map { index in
            Comparison(similarity: index < failed ? nil : 0.845 + Float(index) / 50 - fall, isMated: true)
        }
        return impostors + mated
    }

    private func added(
        _ altered: [Comparison], strength: Double = 1, to curves: inout DistortionCurves
    ) throws -> DistortionCurves.Point {
        try curves.add(altered, kind: "blur", unit: "pixels", neutralStrength: 0, strength: strength)
        return try #require(curves.curves.last?.points.last)
    }

    @Test func theThresholdIsThatOfThePicturesAsTheyAre() throws {
        var curves = try DistortionCurves(unaltered: comparisons(), falseMatchRate: 0.1)
        #expect(curves.threshold == Float(0.89).nextUp && curves.statedRate == 0.1)
        let bare = curves.unaltered
        #expect(bare.strength == nil && bare.falseMatchRate.count == 10 && bare.falseMatchRate.total == 100)
        // 0.845, 0.865 and 0.885 are below the threshold.
        #expect(bare.falseNonMatchRate.count == 3 && bare.falseNonMatchRate.total == 10)
        #expect(bare.accuracy.count == 97 && bare.accuracy.total == 110)
        // All mated pairs are below the threshold; at a new threshold, they would do better.
        let blurred = try added(comparisons(mated: 0.2), to: &curves)
        #expect(blurred.falseNonMatchRate.value == 1 && blurred.falseMatchRate.value == 0.1)
        // A higher similarity of impostors increases the false match rate.
        let alike = try added(comparisons(impostors: 0.2), strength: 2, to: &curves)
        #expect(alike.falseMatchRate.count == 30 && alike.falseNonMatchRate.count == 3)
        #expect(curves.curves.count == 1 && curves.curves[0].points.map(\.strength) == [1, 2])
    }

    @Test func intervalsAreClopperAndPearsons() throws {
        let bare = try DistortionCurves(unaltered: comparisons(), falseMatchRate: 0.1, level: 0.9).unaltered
        let expected = try BinomialInterval(successes: 3, of: 10, level: 0.9)
        #expect(bare.falseNonMatchRate.low == expected.low && bare.falseNonMatchRate.high == expected.high)
    }

    @Test func aPictureWithoutAFaceNeverMatches() throws {
        var curves = try DistortionCurves(unaltered: comparisons(), falseMatchRate: 0.1)
        let dark = try added(comparisons(failed: 100), to: &curves)
        #expect(dark.falseNonMatchRate.value == 1 && dark.falseMatchRate.value == 0)
        #expect(dark.failedMatedPairs == 10 && dark.failedImpostorPairs == 100 && dark.failedMatedShare == 1)
        #expect(dark.areaUnderCurve == 0.5)
        let dusk = try added(comparisons(failed: 4), strength: 2, to: &curves)
        // Three unaltered pairs are below the threshold, and one more has no face.
        #expect(dusk.falseNonMatchRate.count == 4 && dusk.failedMatedPairs == 4)
    }

    @Test func refusesWhatThePairsCannotSay() throws {
        #expect(throws: EvaluationError.unsupportedRate(0.001, impostorPairs: 100, needed: 3000)) {
            try DistortionCurves(unaltered: comparisons(), falseMatchRate: 0.001)
        }
        var curves = try DistortionCurves(unaltered: comparisons(), falseMatchRate: 0.1)
        #expect(throws: EvaluationError.differentPairs(comparison: 100)) {
            try added(Array(comparisons().prefix(100)), to: &curves)
        }
        #expect(curves.curves.isEmpty)
    }

    @Test func rowsHoldEveryPoint() throws {
        var curves = try DistortionCurves(unaltered: comparisons(), falseMatchRate: 0.1)
        _ = try added(comparisons(mated: 0.2), strength: Double("0.3") ?? 0, to: &curves)
        let rows = curves.rows
        #expect(rows.count == 3 && rows.allSatisfy { $0.count == rows[0].count })
        #expect(rows[1].prefix(3) == ["unaltered", "", "0.3"])
        #expect(rows[2].prefix(3) == ["blur", "0.3", "1.0"])
    }
}
