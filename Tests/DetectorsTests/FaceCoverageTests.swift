import Faces
import Pixels
import Testing

@testable import Detectors

struct FaceCoverageTests {
    private func face(_ x: Float, _ y: Float, _ width: Float, _ height: Float, _ confidence: Float) -> Face {
        Face(
            box: Box(x: x, y: y, width: width, height: height), confidence: confidence,
            landmarks: Landmarks(points: [Point](repeating: Point(x: x, y: y), count: 5)))
    }

    @Test func halfAFaceIsNoSecondOne() {
        // The boxes that YuNet finds in one face that fills the frame; their intersection is a quarter of their union.
        let whole = face(-12, 103, 1414, 2191, 0.83), half = face(709, 477, 1019, 1266, 0.65)
        #expect(whole.box.overlap(with: half.box) < 0.3)
        #expect([half, whole].withoutCovered(over: 0.52) == [whole])
        #expect([half, whole].withoutCovered(over: nil) == [half, whole])
    }

    @Test func whatLiesBetweenTwoFacesIsNoThird() {
        // Two faces cheek to cheek, and a box with one eye of each.
        let faces = [face(163, 36, 88, 136, 1), face(79, 71, 95, 130, 0.99), face(125, 58, 94, 128, 0.98)]
        #expect(faces.withoutCovered(over: 0.52) == Array(faces.prefix(2)))
    }

    @Test func facesThatOverlapAreTwo() {
        // Two people in street scenes whose boxes overlap more than any others there.
        let faces = [face(129, 164, 44, 52, 0.9), face(153, 166, 34, 42, 0.77)]
        #expect(faces.withoutCovered(over: 0.52) == faces)
    }

    @Test func aFaceInTheCornerOfALargeOnesBoxIsKept() {
        let faces = [face(64, 64, 96, 128, 0.93), face(133, 50, 30, 42, 0.84)]
        #expect(faces.withoutCovered(over: 0.52) == faces)
    }

    @Test func aSmallFaceInFrontOfALargeOneIsKept() {
        // The face in front, with higher confidence, covers little of the one behind.
        let faces = [face(40, 40, 30, 40, 0.95), face(0, 0, 100, 130, 0.8)]
        #expect(faces.withoutCovered(over: 0.52) == faces)
    }

    @Test func whatIsDroppedCoversNothing() {
        // The second is dropped because of the first; the third overlaps only the second.
        let faces = [face(0, 0, 100, 100, 0.9), face(25, 0, 80, 100, 0.8), face(80, 0, 60, 100, 0.7)]
        #expect(faces.withoutCovered(over: 0.52).map(\.confidence) == [0.9, 0.7])
    }

    @Test func noFacesAreNone() {
        #expect([Face]().withoutCovered(over: 0.5).isEmpty)
    }
}
