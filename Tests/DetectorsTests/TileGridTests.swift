import Faces
import LikenessSupport
import Pixels
import Testing

@testable import Detectors

@Suite("Tiles of a picture")
struct TileGridTests {
    @Test("A picture that fits is one tile; a larger one has as few as possible, with overlap")
    func division() {
        let small = TileGrid(width: 400, height: 300, scale: 3, side: 1280)
        #expect(small.columns == [0..<400] && small.rows == [0..<300])
        let large = TileGrid(width: 4000, height: 3000, scale: 1, side: 1280)
        #expect(large.columns.count == 4 && large.rows.count == 3)
        #expect(large.columns.first?.lowerBound == 0 && large.columns.last?.upperBound == 4000)
    }

    @Test("Tiles cover every picture from 1 to 5,000 pixels, overlap, and are not too large")
    func sweep() {
        var random = SplitMix64(state: 3)
        for number in 0..<3_000 {
            let width = number < 40 ? number + 1 : 1 + random.index(below: 5_000)
            let height = number % 7 == 0 ? 1 : 1 + random.index(below: 5_000)
            let scale = Float.random(in: 0.05...4, using: &random)
            let side = [64, 640, 1280][random.index(below: 3)]
            let grid = TileGrid(width: width, height: height, scale: scale, side: side)
            let longest = max(Int(Float(side) / scale), 1)
            for (spans, length) in [(grid.columns, width), (grid.rows, height)] {
                #expect(spans.first?.lowerBound == 0 && spans.last?.upperBound == length)
                #expect(spans.allSatisfy { !$0.isEmpty && $0.count <= longest })
                for (one, next) in zip(spans, spans.dropFirst()) {
                    #expect(next.lowerBound > one.lowerBound && next.lowerBound <= one.upperBound)
                    #expect(one.upperBound - next.lowerBound >= longest / 10 - 1)
                }
            }
            let bands = grid.bands(of: 100_000)
            #expect(bands.flatMap(\.self) == grid.rows)
        }
    }

    @Test("A face at an inner edge is cut, one at the picture's edge is not, and every small face is whole in a tile")
    func cut() {
        let grid = TileGrid(width: 4000, height: 3000, scale: 1, side: 1280)
        let columns = grid.columns[0], rows = grid.rows[0]
        let edge = Float(columns.upperBound)
        #expect(grid.isCut(Box(x: edge - 20, y: 50, width: 25, height: 25), columns: columns, rows: rows))
        #expect(!grid.isCut(Box(x: edge - 60, y: 50, width: 25, height: 25), columns: columns, rows: rows))
        #expect(!grid.isCut(Box(x: -5, y: -5, width: 25, height: 25), columns: columns, rows: rows))
        for x in stride(from: 0, to: 3900, by: 37) {
            let face = Box(x: Float(x), y: 1400, width: 100, height: 100)
            let whole = grid.columns.contains { columns in
                grid.rows.contains { rows in
                    Float(columns.lowerBound) <= face.x && face.x + 100 <= Float(columns.upperBound)
                        && !grid.isCut(face, columns: columns, rows: rows)
                }
            }
            #expect(whole, "at column \(x)")
        }
    }
}

@Suite("Faces of several searches")
struct FaceMergingTests {
    private func face(_ x: Float, _ side: Float, _ confidence: Float) -> Face {
        let points = [(0.3, 0.4), (0.7, 0.4), (0.5, 0.6), (0.35, 0.8), (0.65, 0.8)] as [(Float, Float)]
        return Face(
            box: Box(x: x, y: 10, width: side, height: side), confidence: confidence,
            landmarks: Landmarks(points: points.map { Point(x: x + side * $0.0, y: 10 + side * $0.1) }))
    }

    @Test("A face found twice counts once, at the first place and with the higher confidence")
    func twice() {
        let first = face(10, 20, 0.7), second = face(11, 20, 0.9)
        #expect([second].merged(with: [first]) == [second])
        let merged = [first].merged(with: [second])
        #expect(merged.map(\.box) == [first.box] && merged.map(\.confidence) == [0.9])
    }

    @Test("Half of a face inside a more confident box is dropped; a face beside it is kept")
    func covered() {
        let large = face(10, 100, 0.9), part = face(45, 30, 0.7), beside = face(200, 30, 0.6)
        #expect([large].merged(with: [part, beside]) == [large, beside])
    }

    @Test("Duplicates among the new faces count once")
    func repeated() {
        let one = face(10, 20, 0.8), same = face(12, 20, 0.7)
        #expect([Face]().merged(with: [same, one]) == [one])
    }
}
