import Testing

@testable import Detectors

struct CandidateTests {
    let candidate = Candidate(
        x1: 10, y1: 20, x2: 29, y2: 59, confidence: 0.9, regression: (x1: 0.1, y1: -0.1, x2: 0.2, y2: 0.05))

    @Test func theRegressionMovesTheCorners() {
        let moved = candidate.regressed(extra: 1)
        #expect(moved.x1 == 12 && moved.y1 == 16 && moved.x2 == 33 && moved.y2 == 61)
        #expect(abs(candidate.regressed(extra: 0).x1 - 11.9) < 1e-5)
    }

    @Test func aSquareHasTheSameMiddleAndTheLongerSide() {
        let square = candidate.squared()
        #expect(square.x1 == 0 && square.y1 == 20 && square.x2 == 39 && square.y2 == 59)
    }

    @Test func partsAreCutAtThePicturesEdges() throws {
        let inside = try #require(candidate.part(ofWidth: 100, height: 100))
        #expect(inside.left == 9 && inside.top == 19 && inside.right == 29 && inside.bottom == 59)
        let cut = try #require(
            Candidate(x1: -5.7, y1: 0.5, x2: 200, y2: 80.9, confidence: 1).part(ofWidth: 100, height: 90))
        #expect(cut.left == 0 && cut.top == 0 && cut.right == 100 && cut.bottom == 80)
    }

    @Test(arguments: [
        Candidate(x1: -9, y1: 1, x2: 0, y2: 9, confidence: 1), Candidate(x1: 102, y1: 1, x2: 120, y2: 9, confidence: 1),
        Candidate(x1: .nan, y1: 1, x2: 20, y2: 9, confidence: 1),
        Candidate(x1: -.infinity, y1: 1, x2: 20, y2: 9, confidence: 1),
    ])
    func outsideThePictureIsNoPart(candidate: Candidate) {
        #expect(candidate.part(ofWidth: 100, height: 100) == nil)
    }

    @Test func ofEquallyConfidentOnesTheLastIsFinallyKept() {
        let twins = [candidate, candidate.squared()]
        #expect(twins.suppressed(threshold: 0.4) == [candidate])
        #expect(twins.finallySuppressed(threshold: 0.7) == [candidate.squared()])
    }
}
