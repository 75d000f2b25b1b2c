import Testing

@testable import Evaluation

@Suite struct FoldAccuracyTests {
    private func comparison(_ similarity: Float?, _ isMated: Bool, fold: Int) -> Comparison {
        Comparison(similarity: similarity, isMated: isMated, fold: fold)
    }

    @Test func choosesThresholdsOnTheOtherFolds() throws {
        // The best threshold of fold 0 is 0.5, that of fold 1 is 0.25: each gets the other's.
        let accuracy = try FoldAccuracy([
            comparison(0.75, true, fold: 0), comparison(0.25, false, fold: 0),
            comparison(0.375, true, fold: 1), comparison(0.125, false, fold: 1),
        ])
        #expect(accuracy.folds.map(\.threshold) == [0.25, 0.5])
        #expect(accuracy.folds.map(\.accuracy) == [0.5, 0.5])
        #expect(accuracy.mean == 0.5 && accuracy.standardError == 0)
    }

    @Test func knowsMeanAndStandardError() throws {
        let accuracy = try FoldAccuracy([
            comparison(0.75, true, fold: 3), comparison(0.25, false, fold: 3),
            comparison(0.625, true, fold: 5), comparison(0.5625, false, fold: 5),
        ])
        // Thresholds 0.59375 and 0.5: fold 3 is all correct; fold 5 accepts its impostor.
        #expect(accuracy.folds.map(\.fold) == [3, 5])
        #expect(accuracy.folds.map(\.accuracy) == [1, 0.5])
        #expect(accuracy.mean == 0.75)
        #expect(isNear(accuracy.standardError, 0.25, within: 1e-15))
    }

    @Test func countsFailures() throws {
        let accuracy = try FoldAccuracy([
            comparison(0.75, true, fold: 0), comparison(nil, true, fold: 0), comparison(nil, false, fold: 0),
            comparison(0.25, false, fold: 0),
            comparison(0.75, true, fold: 1), comparison(0.25, false, fold: 1),
        ])
        #expect(accuracy.folds.map(\.accuracy) == [0.75, 1])
        #expect(accuracy.folds.map(\.pairs) == [4, 2])
    }

    @Test func needsTwoFolds() {
        #expect(throws: EvaluationError.tooFewFolds) {
            try FoldAccuracy([comparison(0.75, true, fold: 2), comparison(0.25, false, fold: 2)])
        }
    }

    /// The similarities of one fold, and the resulting threshold for another.
    struct Choice: Sendable {
        let mated: [Float]
        let impostors: [Float]
        let threshold: Float
        let why: Comment
    }

    @Test(arguments: [
        Choice(mated: [0.75], impostors: [0.25], threshold: 0.5, why: "the middle"),
        Choice(mated: [0.5, 1], impostors: [0.25, 0.75], threshold: 0.375, why: "the lower of two equally wide"),
        Choice(mated: [0.5, 1], impostors: [0.375, 0.625], threshold: 0.8125, why: "the widest"),
        Choice(
            mated: [0.5, 0.75, 1], impostors: [0.25, 0.5], threshold: 0.5, why: "a tie of both kinds ends nothing"),
        Choice(mated: [0.25], impostors: [0.75], threshold: 0.25, why: "everything is as good as nothing"),
        Choice(mated: [0.25, 0.5], impostors: [0.75], threshold: 0.25, why: "everything is best"),
        Choice(mated: [0.25, 0.5], impostors: [0.5, 0.75, 1], threshold: Float(1).nextUp, why: "nothing is best"),
        Choice(mated: [0.5], impostors: [0.5], threshold: 0, why: "no threshold is better than another"),
        Choice(mated: [], impostors: [], threshold: 0, why: "only failures"),
    ])
    func choosesAmongThresholds(choice: Choice) throws {
        let other = [comparison(0.75, true, fold: 0), comparison(0.25, false, fold: 0)]
        let chosenOn =
            choice.mated.map { comparison($0, true, fold: 1) }
            + choice.impostors.map { comparison($0, false, fold: 1) } + [comparison(nil, true, fold: 1)]
        #expect(try FoldAccuracy(other + chosenOn).folds[0].threshold == choice.threshold, choice.why)
    }

    @Test func staysAboveTheLowerOfNeighbouringNumbers() throws {
        let low = Float(0.5), high = low.nextUp
        let accuracy = try FoldAccuracy([
            comparison(high, true, fold: 0), comparison(low, false, fold: 0),
            comparison(high, true, fold: 1), comparison(low, false, fold: 1),
        ])
        #expect(accuracy.folds.map(\.threshold) == [high, high])
        #expect(accuracy.mean == 1)
    }
}
