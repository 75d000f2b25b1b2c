import Faces
import Measurements
import Pixels
import Testing

@Suite("The share of marked faces that are found")
struct MarkedFaceFiguresTests {
    private func box(_ x: Float, _ side: Float) -> Box { Box(x: x, y: 0, width: side, height: side) }

    private func face(_ x: Float, _ side: Float, _ confidence: Float) -> Face {
        Face(
            box: box(x, side), confidence: confidence,
            landmarks: Landmarks(points: [Point](repeating: Point(x: x, y: 0), count: 5)))
    }

    @Test("A face is found once; other boxes are false, and the accepted ones limit the confidence")
    func counting() {
        var figures = MarkedFaceFigures()
        figures.add(
            marked: [box(0, 10), box(100, 30)],
            found: [face(0, 10, 0.9), face(1, 10, 0.8), face(101, 30, 0.7), face(300, 10, 0.6)])
        figures.add(marked: [box(0, 10)], found: [face(50, 10, 0.65)])
        let all = figures.point(falsePerPicture: nil)
        #expect(all.recall.faces == 3 && all.recall.found == 2 && all.falsePerPicture == 1.5)
        // No false box: only what is more confident than the best of them, 0.8.
        let none = figures.point(falsePerPicture: 0)
        #expect(none.recall.found == 1 && none.falsePerPicture == 0)
        let half = figures.point(falsePerPicture: 0.5)
        #expect(half.recall.found == 2 && half.falsePerPicture == 0.5)
        #expect(figures.point(falsePerPicture: nil, sizes: 20..<40).recall.faces == 1)
        #expect(all.recall.low <= all.recall.share && all.recall.share <= all.recall.high)
    }

    @Test("Without pictures or faces of a size there is no recall, and nothing traps")
    func empty() {
        var figures = MarkedFaceFigures()
        #expect(figures.point(falsePerPicture: 1).recall.share == 0)
        figures.add(marked: [], found: [])
        let point = figures.point(falsePerPicture: nil)
        #expect(point.recall.faces == 0 && point.recall.low == 0 && point.recall.high == 1)
    }
}
