import Foundation
import Testing

@testable import Evaluation

/// Agreement of the protocols with scikit-learn, SciPy and statsmodels.
@Suite struct ProtocolsGoldenTests {
    private func searches(_ golden: ProtocolsGolden.Identification) -> [IdentificationSearch] {
        zip(golden.subjects, golden.similarities).map {
            IdentificationSearch(subject: $0, similarities: $1, people: golden.people)
        }
    }

    @Test func identification() throws {
        var agreement = Agreement()
        for golden in try ProtocolsGolden.load().identification {
            let searches = searches(golden)
            #expect(searches.compactMap(\.rank) == golden.ranks)
            let closed = try ClosedSetIdentification(
                searches.filter(\.isMated), enrolledPeople: golden.people.count)
            #expect(closed.cumulativeMatches.count == golden.cmc.count)
            for (rate, expected) in zip(closed.cumulativeMatches, golden.cmc) { agreement.add(rate.value, expected) }
            let open = try OpenSetIdentification(searches, enrolledPeople: golden.people.count)
            for point in golden.points {
                let measured = try open.point(falsePositiveIdentificationRate: point.fpir, rank: point.rank)
                #expect(measured.falsePositiveIdentificationRate.value <= point.fpir)
                agreement.add(measured.falseNegativeIdentificationRate.value, point.fnir)
            }
        }
        agreement.check("CMC, and FNIR at FPIR", against: "scikit-learn and SciPy")
    }

    @Test func classifiers() throws {
        var agreement = Agreement()
        for golden in try ProtocolsGolden.load().classification {
            let report = try ClassifierReport(scores: golden.scores, truth: golden.truth, classes: golden.classes)
            #expect(report.confusion.counts == golden.confusion)
            agreement.add(report.accuracy.value, golden.accuracy)
            agreement.add(report.confusion.accuracy, golden.accuracy)
            agreement.add(report.macro.precision, golden.precision)
            agreement.add(report.macro.recall, golden.recall)
            agreement.add(report.macro.f1, golden.f1)
            agreement.add(report.macro.specificity, golden.specificity)
            agreement.add(report.macro.falsePositiveRate, golden.falsePositiveRate)
            agreement.add(report.macro.falseNegativeRate, golden.falseNegativeRate)
            agreement.add(report.macro.negativePredictiveValue, golden.negativePredictiveValue)
            agreement.add(report.macro.areaUnderCurve, golden.areaUnderCurve)
            agreement.add(report.matthewsCorrelation, golden.matthews)
            agreement.add(report.micro.specificity, golden.microSpecificity)
            agreement.add(report.micro.f1, golden.microF1)
            agreement.add(report.micro.precision, golden.accuracy)
        }
        for golden in try ProtocolsGolden.load().binary {
            let counts = BinaryCounts(
                truePositives: golden.counts[0], falsePositives: golden.counts[1], trueNegatives: golden.counts[2],
                falseNegatives: golden.counts[3])
            agreement.add(counts.accuracy, golden.accuracy)
            agreement.add(counts.precision, golden.precision)
            agreement.add(counts.recall, golden.recall)
            agreement.add(counts.falseNegativeRate, 1 - golden.recall)
            agreement.add(counts.specificity, golden.specificity)
            agreement.add(counts.falsePositiveRate, 1 - golden.specificity)
            agreement.add(counts.negativePredictiveValue, golden.negativePredictiveValue)
            agreement.add(counts.f1, golden.f1)
            agreement.add(counts.matthewsCorrelation, golden.matthews)
        }
        agreement.check("measures of classifiers", against: "scikit-learn")
    }

    @Test func mcNemar() throws {
        var agreement = Agreement()
        for golden in try ProtocolsGolden.load().mcNemar {
            let test = McNemarTest(onlyFirstRight: golden.onlyFirst, onlySecondRight: golden.onlySecond)
            agreement.add(test.exactP, golden.exact)
            agreement.add(test.midP, golden.mid)
        }
        agreement.check("McNemar's test", against: "statsmodels and SciPy")
    }

    @Test func summaries() throws {
        var agreement = Agreement()
        for golden in try ProtocolsGolden.load().summaries {
            let summary = try RunSummary(golden.values)
            agreement.add(summary.best, golden.best)
            agreement.add(summary.worst, golden.worst)
            agreement.add(summary.mean, golden.mean)
            agreement.add(summary.median, golden.median)
            agreement.add(summary.standardDeviation, golden.deviation)
            agreement.add(summary.interval?.low, golden.low)
            agreement.add(summary.interval?.high, golden.high)
        }
        agreement.check("summaries of runs", against: "NumPy and SciPy")
    }

    @Test func normalQuantiles() throws {
        var agreement = Agreement()
        for golden in try ProtocolsGolden.load().normal {
            agreement.add(NormalDistribution.quantile(golden.probability), golden.quantile)
        }
        agreement.check("quantiles of the normal distribution", against: "SciPy")
    }

    @Test func varianceBetweenCells() throws {
        var agreement = Agreement()
        for golden in try ProtocolsGolden.load().heterogeneity {
            let cells = zip(golden.effects, golden.variances).map { effect, variance in
                CellTail(difference: effect, variance: variance)
            }
            agreement.add(CellTail.varianceBetween(cells), golden.between)
        }
        agreement.check("variance between cells", against: "statsmodels")
    }
}
