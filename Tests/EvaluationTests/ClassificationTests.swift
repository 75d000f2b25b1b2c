import Testing

@testable import Evaluation

@Suite struct ClassificationTests {
    @Test func measuresAreRatiosOfFourCounts() {
        let counts = BinaryCounts(truePositives: 6, falsePositives: 2, trueNegatives: 8, falseNegatives: 4)
        #expect(counts.total == 20 && counts.accuracy == 0.7 && counts.precision == 0.75 && counts.recall == 0.6)
        #expect(counts.specificity == 0.8 && counts.falsePositiveRate == 0.2 && counts.falseNegativeRate == 0.4)
        #expect(counts.negativePredictiveValue == 8 / 12.0 && counts.f1 == 12 / 18.0)
        // (48 − 8) / √(10 · 10 · 8 · 12)
        #expect(counts.matthewsCorrelation.map { isNear($0, 40 / 9600.0.squareRoot(), within: 1e-15) } == true)
    }

    @Test func undefinedMeasuresAreAbsent() {
        let none = BinaryCounts(truePositives: 0, falsePositives: 0, trueNegatives: 5, falseNegatives: 0)
        #expect(none.precision == nil && none.recall == nil && none.f1 == nil && none.matthewsCorrelation == nil)
        #expect(none.accuracy == 1 && none.specificity == 1)
    }

    @Test func countsComparisons() {
        let counts = BinaryCounts(
            [
                Comparison(similarity: 0.5, isMated: true), Comparison(similarity: nil, isMated: true),
                Comparison(similarity: 0.5, isMated: false), Comparison(similarity: 0.4, isMated: false),
            ], threshold: 0.5)
        #expect(counts == BinaryCounts(truePositives: 1, falsePositives: 1, trueNegatives: 1, falseNegatives: 1))
    }

    @Test func theMatrixKnowsWhoWasTakenForWhom() {
        let matrix = ConfusionMatrix(
            classes: ["a", "b", "c"], truth: [0, 0, 1, 2, 2, 2], predicted: [0, 1, 1, 2, 2, 0])
        #expect(matrix.counts == [[1, 1, 0], [0, 1, 0], [1, 0, 2]] && matrix.accuracy == 4 / 6.0)
        #expect(
            matrix.counts(of: 2)
                == BinaryCounts(truePositives: 2, falsePositives: 0, trueNegatives: 3, falseNegatives: 1))
        #expect(isNear(matrix.macroAverage(\.recall), (0.5 + 1 + 2 / 3.0) / 3, within: 1e-15))
        // d is never predicted: its precision counts as 0.
        let absent = ConfusionMatrix(classes: ["a", "d"], truth: [0, 1], predicted: [0, 0])
        #expect(absent.macroAverage(\.precision) == 0.25 && absent.matthewsCorrelation == nil)
    }

    @Test func twoClassesCorrelateAsFourCountsDo() throws {
        let matrix = ConfusionMatrix(
            classes: ["no", "yes"], truth: [1, 1, 1, 0, 0, 0, 0], predicted: [1, 1, 0, 0, 0, 0, 1])
        let whole = try #require(matrix.matthewsCorrelation)
        let counts = try #require(matrix.counts(of: 1).matthewsCorrelation)
        #expect(isNear(whole, counts, within: 1e-15))
    }

    @Test func aClassifierIsClosedSetIdentification() throws {
        let report = try ClassifierReport(
            scores: [[2, 1, 0], [2, 1, 0], [0, 1, 2], [1, 1, 1]], truth: [0, 1, 2, 0], classes: ["a", "b", "c"])
        // Among equal scores, the first class is predicted, but the rank is the worst of them.
        #expect(report.accuracy.value == 0.75)
        #expect(report.identification.cumulativeMatches.map(\.count) == [2, 3, 4])
    }

    @Test func whatHasNoFaceIsNeverRecognized() throws {
        let report = try ClassifierReport(
            scores: [[2, 1], nil, [0, 1], [1, 0]], truth: [0, 0, 1, 1], classes: ["a", "b"])
        #expect(report.confusion.counts == [[1, 0], [1, 1]] && report.confusion.unanswered == [1, 0])
        #expect(report.accuracy.count == 2 && report.accuracy.total == 4)
        // Two of three predictions are correct, and two of four samples are found.
        #expect(report.micro.precision == 2 / 3.0 && report.micro.recall == 0.5)
        #expect(
            report.confusion.pooledCounts
                == BinaryCounts(truePositives: 2, falsePositives: 1, trueNegatives: 3, falseNegatives: 2))
        #expect(report.macro.precision == 0.75 && report.macro.recall == 0.5)
        // a: 2 and none against 0 and 1; b: 1 and 0 against 1 and none. 2.5 of four pairs, and half of four.
        #expect(report.macro.areaUnderCurve == (0.5 + 0.625) / 2)
        #expect(report.identification.cumulativeMatches.map(\.count) == [2, 3])
    }

    @Test func refusesBadScores() {
        #expect(throws: EvaluationError.invalidScores(sample: 1)) {
            try ClassifierReport(scores: [[0, 1], [0, .nan]], truth: [0, 1], classes: ["a", "b"])
        }
        #expect(throws: EvaluationError.invalidScores(sample: 0)) {
            try ClassifierReport(scores: [[0]], truth: [0], classes: ["a", "b"])
        }
        #expect(throws: EvaluationError.invalidScores(sample: 0)) {
            try ClassifierReport(scores: [[0, 1]], truth: [2], classes: ["a", "b"])
        }
    }
}
