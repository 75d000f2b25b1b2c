import Faces
import Pixels
import Testing

@testable import Detectors

struct NonMaximumSuppressionTests {
    /// Two boxes that share 50 of 150 square pixels, one far away, and one inside the first.
    let boxes = [
        Box(x: 0, y: 0, width: 10, height: 10), Box(x: 5, y: 0, width: 10, height: 10),
        Box(x: 100, y: 0, width: 10, height: 10), Box(x: 0, y: 0, width: 5, height: 4),
    ]
    let confidences: [Float] = [0.8, 0.9, 0.5, 0.7]

    @Test func ofOverlappingBoxesTheMostConfidentIsKept() {
        #expect(nonMaximumSuppression(boxes, confidences: confidences, threshold: 0.3) == [1, 3, 2])
    }

    @Test func whatOverlapsByTheThresholdIsKept() {
        #expect(nonMaximumSuppression(boxes, confidences: confidences, threshold: 1 / 3) == [1, 0, 3, 2])
    }

    @Test func aBoxInsideAnotherOverlapsWhollyByTheSmaller() {
        #expect(
            nonMaximumSuppression(boxes, confidences: confidences, threshold: 0.6, measure: .smaller) == [1, 0, 2])
    }

    @Test func equalConfidencesKeepTheOrder() {
        let same = [Float](repeating: 0.5, count: 4)
        #expect(nonMaximumSuppression(boxes, confidences: same, threshold: 0.3) == [0, 2, 3])
        #expect(nonMaximumSuppression(boxes.reversed(), confidences: same, threshold: 0.3) == [0, 1, 2])
    }

    @Test func nothingGivesNothing() {
        #expect(nonMaximumSuppression([], confidences: [], threshold: 0.3).isEmpty)
    }

    @Test func emptyBoxesDoNotOverlap() {
        let empty = [Box](repeating: Box(x: 1, y: 1, width: 0, height: 0), count: 2)
        for measure in [OverlapMeasure.union, .smaller] {
            #expect(nonMaximumSuppression(empty, confidences: [0.5, 0.5], threshold: 0, measure: measure) == [0, 1])
        }
    }

    @Test func facesAreAddedWhereThereAreNone() {
        let faces = zip(boxes, confidences).map { box, confidence in
            Face(
                box: box, confidence: confidence,
                landmarks: Landmarks(points: [Point](repeating: Point(x: 0, y: 0), count: 5)))
        }
        #expect([faces[0]].adding([faces[1], faces[2]], threshold: 0.3) == [faces[0], faces[2]])
        #expect([faces[2]].adding([faces[1]], threshold: 0.3) == [faces[1], faces[2]])
        #expect([].adding([faces[0]], threshold: 0.3) == [faces[0]])
    }
}
