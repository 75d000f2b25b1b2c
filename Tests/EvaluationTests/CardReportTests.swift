import Faces
import Foundation
import LikenessSupport
import Testing

@testable import Evaluation

@Suite struct CardReportTests {
    private func card() throws -> ModelCard {
        let text = """
            {"name": "m", "version": "1", "task": "embedding", "architecture": "", "weights": [],
             "input": {"name": "input", "layout": "nchw", "channels": "rgb", "normalization": "whitening"}, "outputs": [], "licence": "",
             "licenceNote": "", "origin": {"status": "own", "text": ""}, "trainingData": "", "citation": ""}
            """
        var card = try JSONDecoder().decode(ModelCard.self, from: Data(text.utf8))
        card.calibration = MatchCalibration(
            points: [
                .init(falseMatchRate: 1e-1, threshold: 0.5, falseNonMatchRate: 0),
                .init(falseMatchRate: 1e-2, threshold: 0.6, falseNonMatchRate: 0.1),
            ], data: "", people: 1000,
            pictures: 1000, impostorPairs: 499_500, peoplePairs: 499_500, matedPairs: 1, conditions: "", remark: "",
            command: "")
        return card
    }

    /// Returns 1,000 impostors evenly distributed from 0 to 1, and as many mated pairs at 0.9.
    private func comparisons() -> [ConditionedComparison] {
        var random = SplitMix64(state: 1)
        var comparisons: [ConditionedComparison] = []
        for index in 0..<2000 {
            let isMated = index >= 1000
            let similarity: Float = isMated ? 0.9 : Float(index) / 1000
            let comparison = Comparison(
                similarity: similarity, isMated: isMated, personA: "a", personB: isMated ? "a" : "b")
            let conditions = PairConditions.drawn(&random, masked: index % 2 == 0)
            comparisons.append(ConditionedComparison(comparison, conditions: conditions))
        }
        return comparisons
    }

    @Test func aPromiseThatIsBrokenIsSaid() throws {
        let report = try CardReport(try card(), on: comparisons(), rates: [1e-1, 1e-2, 1e-3])
        #expect(report.points.map(\.statedRate) == [1e-1, 1e-2], "what the card does not hold is left out")
        #expect(report.points.map(\.errors.falseMatchRate.errors) == [500, 400])
        #expect(report.points.allSatisfy { !$0.holds } && report.adaptive.isEmpty && report.probabilities.isEmpty)
        var honest = try card()
        honest.calibration?.points[0].threshold = 0.9
        #expect(try CardReport(honest, on: comparisons(), rates: [1e-1]).points[0].holds)
    }

    @Test func probabilitiesAreHeldAgainstWhatHappened() throws {
        var card = try card()
        card.probability = ProbabilityCalibration(
            map: .platt(slope: 0, intercept: 0), trainingPrior: 0.5, matedPairs: 1000, impostorPairs: 1000)
        let report = try CardReport(card, on: comparisons(), rates: [1e-1])
        #expect(report.probabilities.map(\.name) == ["all", "plain", "masked"])
        // A probability of one half for everything is calibrated, though uninformative.
        let quality = report.probabilities[0].quality
        #expect(quality.count == 2000 && quality.expectedCalibrationError < 1e-9)
        #expect(abs(quality.brierScore - 0.25) < 1e-9)
    }
}
