import Pixels
import Recognition
import Testing

@Suite("Detectors compared with each other")
struct DetectorComparisonTests {
    private static func box(_ x: Float, side: Float = 10) -> Box { Box(x: x, y: 0, width: side, height: side) }

    @Test("Confirmed faces, agreed faces, and pictures in which nothing is found")
    func figures() {
        var comparison = DetectorComparison(detectors: ["a", "b", "c"])
        // All see one face; a alone sees another.
        comparison.add([[Self.box(0), Self.box(50)], [Self.box(1)], [Self.box(2)]])
        // b and c agree on a face that a misses; c sees one more that b alone confirms.
        comparison.add([[], [Self.box(0), Self.box(30)], [Self.box(0), Self.box(31), Self.box(80)]])
        // a and b agree, and c sees nothing.
        comparison.add([[Self.box(0)], [Self.box(0)], []])
        #expect(comparison.pictures == 3)
        let (a, b, c) = (comparison.figures[0], comparison.figures[1], comparison.figures[2])
        #expect(a.detector == "a" && a.boxes == 3 && a.picturesWithoutFace == 1 && a.unconfirmed == 1 && a.missed == 2)
        #expect(b.boxes == 4 && b.picturesWithoutFace == 0 && b.unconfirmed == 0 && b.missed == 0)
        #expect(c.boxes == 4 && c.picturesWithoutFace == 1 && c.unconfirmed == 1 && c.missed == 1)
    }

    @Test("The overlap decides: 10 of 20 pixels shared is a third of the union")
    func overlap() {
        let boxes = [[Self.box(0)], [Box(x: 5, y: 0, width: 10, height: 10)]]
        var (loose, strict) = (
            DetectorComparison(detectors: ["a", "b"], overlap: 0.33),
            DetectorComparison(detectors: ["a", "b"], overlap: 0.34)
        )
        loose.add(boxes)
        strict.add(boxes)
        #expect(loose.figures.map(\.unconfirmed) == [0, 0] && loose.figures.map(\.missed) == [0, 0])
        #expect(strict.figures.map(\.unconfirmed) == [1, 1] && strict.figures.map(\.missed) == [1, 1])
    }

    @Test("A missed face does not count as missed if one of the others' boxes overlaps one of the detector's own")
    func eitherBox() {
        var comparison = DetectorComparison(detectors: ["a", "b", "c"])
        // b's box is too far to the left of a's; c's is between them.
        comparison.add([[Self.box(8)], [Self.box(0)], [Self.box(4)]])
        #expect(comparison.figures[0].missed == 0 && comparison.figures[0].unconfirmed == 0)
    }
}
