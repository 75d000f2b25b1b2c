import Datasets
import Evaluation
import Foundation
import TestSupport
import Testing

@Suite struct PairsReportTests {
    private let comparisons = Drawn.comparisons(
        seed: 5, mated: 300, impostors: 600, steps: 1_000, failed: 60, people: 50)

    @Test func holdsToTheContract() throws {
        let report = try PairsReport(
            comparisons, folding: .given, failures: [PairsReport.FailedImage(image: "a.jpg", reason: "no face")])
        let data = try JSONEncoder().encode(report)
        let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let accuracy = try #require(json["accuracy"] as? [String: Double])
        #expect(Set(accuracy.keys) == ["mean", "standardError"])
        #expect(json["auc"] is Double && json["eer"] is Double)
        let rate = try #require((json["tar"] as? [[String: Double]])?.first)
        #expect(Set(["fmr", "value", "low", "high", "threshold", "observedFMR"]) == Set(rate.keys))
        #expect(rate["fmr"] == 0.01)
        #expect(json["pairs"] as? Int == 900)
        #expect(json["failedImages"] as? Int == 1)
        #expect(try JSONDecoder().decode(PairsReport.self, from: data) == report)
    }

    @Test func addsUp() throws {
        let report = try PairsReport(comparisons, folding: .given, rates: [0.01])
        #expect(report.matedPairs == 300 && report.impostorPairs == 600)
        #expect(report.failedMatedPairs == comparisons.count { $0.isMated && $0.similarity == nil })
        #expect(report.failedImpostorPairs == comparisons.count { !$0.isMated && $0.similarity == nil })
        #expect(report.histogram.mated.reduce(report.failedMatedPairs, +) == 300)
        #expect(report.histogram.impostor.reduce(report.failedImpostorPairs, +) == 600)
        #expect(report.folds.reduce(0) { $0 + $1.pairs } == 900)
        #expect(report.bootstrap == nil)
    }

    @Test func refusesRatesInItsPlace() throws {
        let report = try PairsReport(comparisons, folding: .given)
        #expect(report.tar.map(\.falseMatchRate) == [0.01])
        #expect(report.refused.map(\.falseMatchRate) == [0.001])
        #expect(report.refused.first?.impostorPairsNeeded == 3_000)
        #expect(report.table.contains("TAR at FMR 0.001  refused: 600 impostor pairs can't support"))
        #expect(throws: EvaluationError.invalidRate(2)) { try PairsReport(comparisons, folding: .given, rates: [2]) }
    }

    @Test func hasNoAccuracyInOneFold() throws {
        let report = try PairsReport(
            [Comparison(similarity: 0.5, isMated: true), Comparison(similarity: 0.25, isMated: false)],
            folding: .dealt)
        #expect(report.accuracy == nil && report.folds.isEmpty)
        #expect(report.auc == 1)
        #expect(report.table.contains("none: all pairs are in one fold"))
    }

    @Test func rendersATable() throws {
        let mated = (0..<300).map { Comparison(similarity: $0 == 0 ? nil : 0.75, isMated: true, fold: $0 % 10) }
        let impostors = (0..<300).map { Comparison(similarity: 0.25, isMated: false, fold: $0 % 10) }
        let report = try PairsReport(
            mated + impostors, folding: .given, failures: [PairsReport.FailedImage(image: "x", reason: "no face")])
        #expect(
            report.table == """
                pairs             600: 300 mated, 300 impostor
                failed pictures   1
                failed pairs      1, which never matches: 1 mated (errors), 0 impostor (correct)
                accuracy          99.83 % ± 0.17 (standard error over 10 folds); thresholds from the other folds, 0.5000 to 0.5000
                AUC               0.99667
                EER               0.33 %
                TAR at FMR 0.01   99.67 % (95 %: 98.16 to 99.99), threshold 0.2500
                TAR at FMR 0.001  refused: 300 impostor pairs can't support a false match rate of 0.001: it needs 3000

                """)
    }

    @Test func drawsPeopleOnRequest() throws {
        let report = try PairsReport(comparisons, folding: .given, bootstrapRounds: 20)
        #expect(report.bootstrap?.rounds == 20)
        #expect(report.bootstrap?.tar.map(\.falseMatchRate) == [0.01])
        #expect(report.table.contains("resampling 50 people, 20 rounds, 95 %:"))
    }

    @Test(.enabled(if: Fixtures.hasLFW, "\(Fixtures.needsLFW)")) func measuresTheRealList() throws {
        let list = try PairList(contentsOf: Fixtures.lfw.appending(path: "pairs.txt"))
        // A verifier that compares names is right, except for pictures without a result.
        let comparisons = list.comparisons { pair in
            pair.imageA.hasPrefix("A") ? nil : pair.personA == pair.personB ? 0.75 : 0.25
        }
        let report = try PairsReport(comparisons, folding: list.folding, bootstrapRounds: 3)
        #expect(report.tar.map(\.falseMatchRate) == [0.01, 0.001])
        let errors = Double(report.failedMatedPairs) / 6_000
        #expect(report.accuracy.map { isNear($0.mean, 1 - errors) } == true)
        #expect(errors > 0 && report.failedImpostorPairs > 0)
    }
}
