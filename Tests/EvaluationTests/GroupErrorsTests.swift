import Testing

@testable import Evaluation

@Suite struct GroupErrorsTests {
    /// Returns `count` comparisons, of which `errors` are wrong at 0.5.
    private func comparisons(_ count: Int, errors: Int, mated: Bool) -> [Comparison] {
        (0..<count).map { Comparison(similarity: ($0 < errors) == mated ? 0.25 : 0.75, isMated: mated) }
    }

    @Test func ratiosAreToTheBestAndTheGeometricMean() throws {
        let parts: [(String, [Comparison])] = [
            ("a", comparisons(100, errors: 1, mated: false)), ("b", comparisons(100, errors: 4, mated: false)),
            ("c", comparisons(100, errors: 16, mated: false)), ("a", comparisons(50, errors: 5, mated: true)),
            ("b", comparisons(50, errors: 10, mated: true)),
        ]
        let errors = try GroupErrors(
            parts.flatMap(\.1), groups: parts.flatMap { name, part in part.map { _ in (name, name) } }, threshold: 0.5)
        #expect(errors.groups.map(\.name) == ["a", "b", "c"])
        #expect(errors.groups.map { $0.falseMatchRate?.value } == [0.01, 0.04, 0.16])
        #expect(errors.groups.map { $0.falseNonMatchRate?.value } == [0.1, 0.2, nil])
        let inequity = try #require(errors.falseMatchInequity)
        #expect(inequity.worst == "c" && inequity.best == "a")
        #expect(inequity.ratioToBest.map { isNear($0, 16, within: 1e-12) } == true)
        // The geometric mean of 1, 4 and 16 is 4.
        #expect(inequity.ratioToGeometricMean.map { isNear($0, 4, within: 1e-12) } == true)
        #expect(errors.falseNonMatchInequity?.ratioToBest == 2)
    }

    @Test func withoutIdentitiesThereIsTheFalseMatchRateAlone() throws {
        let impostors = comparisons(20, errors: 3, mated: false)
        let errors = try GroupErrors(impostors, groups: impostors.map { _ in ("a", "a") }, threshold: 0.5)
        #expect(errors.groups[0].falseMatchRate?.count == 3 && errors.groups[0].falseNonMatchRate == nil)
        #expect(errors.falseMatchInequity == nil && errors.acrossGroups == nil)
    }

    @Test func comparisonsOfTwoGroupsAreApart() throws {
        let errors = try GroupErrors(
            comparisons(4, errors: 1, mated: false),
            groups: [("a", "b"), ("a", "a"), ("b", "b"), ("a", nil)], threshold: 0.5)
        #expect(errors.acrossGroups?.count == 1 && errors.acrossGroups?.total == 1)
        #expect(errors.groups.map { $0.falseMatchRate?.total } == [1, 1])
    }

    @Test func aRateOfZeroHasNoRatio() throws {
        let all = comparisons(10, errors: 0, mated: false) + comparisons(10, errors: 2, mated: false)
        let errors = try GroupErrors(
            all, groups: all.indices.map { $0 < 10 ? ("a", "a") : ("b", "b") }, threshold: 0.5)
        let inequity = try #require(errors.falseMatchInequity)
        #expect(inequity.worst == "b" && inequity.ratioToBest == nil && inequity.ratioToGeometricMean == nil)
    }

    @Test func needsLabels() {
        #expect(throws: EvaluationError.noGroups) {
            try GroupErrors([Comparison(similarity: 0, isMated: false)], groups: [(nil, "a")], threshold: 0)
        }
    }
}
