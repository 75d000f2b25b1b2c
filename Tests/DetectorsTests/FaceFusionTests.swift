import Faces
import LikenessSupport
import Pixels
import Testing

@testable import Detectors

@Suite("Fusion of several looks")
struct FaceFusionTests {
    private func face(_ x: Float, _ side: Float, _ confidence: Float) -> Face {
        let points = [(0.3, 0.4), (0.7, 0.4), (0.5, 0.6), (0.35, 0.8), (0.65, 0.8)]
            .map { Point(x: x + side * $0.0, y: side * $0.1) }
        return Face(
            box: Box(x: x, y: 0, width: side, height: side), confidence: confidence,
            landmarks: Landmarks(points: points))
    }

    @Test("A face of two looks is their mean, weighted by the squared confidence; others stay as they are")
    func mean() throws {
        let fused = [[face(0, 20, 0.4), face(100, 20, 0.7)], [face(2, 20, 0.8)]].fused()
        try #require(fused.count == 2)
        #expect(abs(fused[0].face.box.x - 2 * 0.64 / 0.8) < 1e-5 && fused[0].face.confidence == 0.8)
        #expect(abs(fused[0].face.landmarks.leftEye.x - (fused[0].face.box.x + 6)) < 1e-4)
        #expect(fused[0].confidences == [0: 0.4, 1: 0.8] && fused[0].first == face(0, 20, 0.4))
        #expect(fused[1].face == face(100, 20, 0.7) && fused[1].confidences == [0: 0.7])
    }

    @Test("Faces without confidence, no faces, and thousands of faces")
    func extremes() {
        #expect([[Face]]().fused().isEmpty && [[], []].fused().isEmpty)
        let silent = [[face(0, 20, 0)], [face(1, 20, 0)]].fused()
        #expect(silent.count == 1 && silent[0].face.box.x.isFinite)
        let many = (0..<7000).map { face(Float($0) * 30, 20, 0.5) }
        #expect([many].fused().count == 5000)
    }

    @Test("The result does not depend on the order of the faces in a look")
    func order() {
        var random = SplitMix64(state: 3)
        let looks = (0..<3).map { _ in
            (0..<20).map {
                face(Float($0 * 15) + Float(random.index(below: 5)), 20, Float(random.index(below: 1000)) / 1000)
            }
        }
        #expect(looks.fused() == looks.map { $0.reversed() }.fused())
    }

    @Test("Faces that a more confident one overlaps or covers are dropped")
    func duplicates() {
        let fused = [[face(0, 20, 0.9), face(9, 20, 0.8), face(4, 8, 0.7), face(60, 20, 0.6)]].fused()
        #expect(fused.withoutDuplicates().map(\.face.confidence) == [0.9, 0.6])
    }
}
