import Pixels
import Testing

@testable import FaceTraining

@Suite struct DetectionMeasureTests {
    private func box(_ x: Float, _ y: Float, _ side: Float = 10) -> Box { Box(x: x, y: y, width: side, height: side) }

    private func found(_ x: Float, _ y: Float, _ score: Float) -> DetectionMeasure.Found {
        DetectionMeasure.Found(box: box(x, y), score: score)
    }

    @Test func recallIsThatOfTheLowestAllowedScore() {
        var measure = DetectionMeasure()
        // Two of three faces, one of them twice, and two boxes without a face.
        measure.add(
            [found(0, 0, 0.9), found(1, 0, 0.8), found(50, 50, 0.7), found(100, 0, 0.6), found(200, 0, 0.5)],
            faces: [box(0, 0), box(100, 1), box(300, 300)])
        measure.add([found(0, 0, 0.55)], faces: [box(2, 0)])
        #expect(measure.pictures == 2 && measure.faces == 4)
        #expect(measure.recall(falseBoxesPerPicture: 0) == 0.25)
        #expect(measure.recall(falseBoxesPerPicture: 0.5) == 0.25)
        #expect(measure.recall(falseBoxesPerPicture: 1) == 0.75)
        #expect(measure.recall(falseBoxesPerPicture: 10) == 0.75)
    }

    @Test func equalScoresAreTakenTogether() {
        var measure = DetectionMeasure()
        measure.add([found(0, 0, 0.5), found(50, 0, 0.5)], faces: [box(0, 0)])
        #expect(measure.recall(falseBoxesPerPicture: 0) == 0 && measure.recall(falseBoxesPerPicture: 1) == 1)
        #expect(DetectionMeasure().recall(falseBoxesPerPicture: 1) == 0)
    }

    @Test func facesCountByTheirSize() {
        var measure = DetectionMeasure()
        measure.add([found(0, 0, 0.9), found(300, 0, 0.7)], faces: [box(0, 0), box(100, 100, 40)])
        #expect(measure.recall(falseBoxesPerPicture: 1, sizes: 0..<12) == 1)
        #expect(measure.recall(falseBoxesPerPicture: 1, sizes: 20..<100) == 0)
        #expect(measure.recall(falseBoxesPerPicture: 1, sizes: 12..<20) == 0)
        #expect(measure.recall(from: 0.95) == 0 && measure.recall(from: 0.9) == 0.5)
        #expect(measure.falseBoxes(from: 0.6) == 1 && measure.falseBoxes(from: 0.8) == 0)
        #expect(measure.figures["found"] == 0.5 && measure.figures["recallBelow12"] == 1)
    }

    @Test func theMostConfidentOfNeighborsRemains() {
        let kept = [found(0, 0, 0.5), found(2, 0, 0.9), found(40, 0, 0.1)].suppressed(threshold: 0.3)
        #expect(kept == [found(2, 0, 0.9), found(40, 0, 0.1)])
    }
}
