import Testing

@testable import Evaluation

@Suite struct DistortionContrastTests {
    /// Returns ten mated and ten impostor pairs; the first `missed` mated ones are less similar than impostors.
    private func comparisons(missed: Int, named: Bool = true) -> [Comparison] {
        (0..<20).map { index in
            let isMated = index < 10
            let similarity: Float = isMated ? (index < missed ? 0.1 : 0.9) : 0.3
            let person = "p\(index % 10)", other = isMated ? person : "q\(index)"
            return Comparison(
                similarity: similarity, isMated: isMated, personA: named ? person : nil, personB: named ? other : nil)
        }
    }

    @Test func everyStrengthIsComparedAtEachModelsOwnThreshold() throws {
        var contrast = try DistortionContrast(
            unaltered: (comparisons(missed: 0), comparisons(missed: 0)), thresholds: (0.5, 0.2), rounds: 200)
        try contrast.add((comparisons(missed: 8), comparisons(missed: 1)), kind: "noise", strength: 20)
        #expect(contrast.points.map(\.kind) == [nil, "noise"] && contrast.points.map(\.strength) == [nil, 20])
        // At 0.2, the second model accepts all impostor pairs.
        #expect(contrast.points[0].mcNemar == McNemarTest(onlyFirstRight: 10, onlySecondRight: 0))
        #expect(contrast.points[0].trueMatchRate?.difference == 0)
        #expect(contrast.points[1].mcNemar == McNemarTest(onlyFirstRight: 10, onlySecondRight: 7))
        let rate = try #require(contrast.points[1].trueMatchRate)
        #expect(rate.first == 0.2 && rate.second == 0.9 && isNear(rate.difference, 0.7, within: 1e-12))
        #expect(rate.interval.low > 0.2 && rate.interval.high < 1.01 && rate.p < 0.05)
    }

    @Test func withoutNamesNobodyIsDrawn() throws {
        let pairs = comparisons(missed: 3, named: false)
        let contrast = try DistortionContrast(unaltered: (pairs, pairs), thresholds: (0.5, 0.5))
        #expect(contrast.points[0].trueMatchRate == nil && contrast.points[0].mcNemar.exactP == 1)
        #expect(throws: EvaluationError.differentPairs(comparison: 19)) {
            try DistortionContrast(unaltered: (pairs, Array(pairs.dropLast())), thresholds: (0.5, 0.5))
        }
    }
}
