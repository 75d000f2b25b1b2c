import Explanations
import Faces
import Pixels
import Testing

@Suite("Regions of a face from five landmarks")
struct FaceRegionsTests {
    private func regions(_ template: AlignmentTemplate) throws -> FaceRegions {
        try FaceRegions(
            landmarks: Landmarks(points: template.referencePoints ?? []), side: Float(template.size))
    }

    private func region(_ regions: FaceRegions, at point: Point, side: Float) -> FaceRegion {
        regions.regions[Int(point.y / side * 16) * 16 + Int(point.x / side * 16)]
    }

    @Test(
        "The landmarks lie in the parts that are called after them",
        arguments: [AlignmentTemplate.arcface(size: 112), .loose(size: 160, margin: 0.3)])
    func landmarks(template: AlignmentTemplate) throws {
        let regions = try regions(template), side = Float(template.size)
        let points = template.referencePoints ?? []
        let expected: [FaceRegion] = [.leftEye, .rightEye, .nose, .mouth, .mouth]
        for (point, part) in zip(points, expected) { #expect(region(regions, at: point, side: side) == part) }
        let between = Point(x: (points[0].x + points[1].x) / 2, y: points[0].y)
        #expect(region(regions, at: between, side: side) == .nose)
        let unit = points[1].x - points[0].x
        func at(_ x: Float, _ y: Float) -> FaceRegion {
            region(regions, at: Point(x: between.x + x * unit, y: between.y + y * unit), side: side)
        }
        #expect(at(0, -0.7) == .forehead && at(-0.5, -0.35) == .leftBrow && at(0.5, -0.35) == .rightBrow)
        #expect(at(-0.7, 0.6) == .leftCheek && at(0.7, 0.6) == .rightCheek && at(0, 1.6) == .chin)
        #expect(at(-1.2, -0.6) == .surroundings)
        #expect(regions.regions.count == CellMap.count)
        #expect(regions.face.count + regions.cells(of: .surroundings).count == CellMap.count)
        let share = Float(regions.face.count) / Float(CellMap.count)
        #expect((0.25...0.75).contains(share), "\(share)")
    }

    @Test("The regions turn with a face that lies on its side")
    func turned() throws {
        let template = AlignmentTemplate.arcface(size: 112)
        let turned = (template.referencePoints ?? []).map { Point(x: 111 - $0.y, y: $0.x) }
        let regions = try FaceRegions(landmarks: Landmarks(points: turned), side: 112)
        for (point, part) in zip(turned, [FaceRegion.leftEye, .rightEye, .nose]) {
            #expect(region(regions, at: point, side: 112) == part)
        }
    }

    @Test("Coinciding landmarks are an error")
    func degenerate() {
        let points = Array(repeating: Point(x: 5, y: 5), count: 5)
        #expect(throws: FaceError.degenerateLandmarks) {
            try FaceRegions(landmarks: Landmarks(points: points), side: 112)
        }
    }

    @Test("Every region has a distinct name")
    func names() { #expect(Set(FaceRegion.allCases.map(\.name)).count == FaceRegion.allCases.count) }
}
