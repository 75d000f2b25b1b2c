import Faces
import Pixels
import Testing

@Suite("Faces of absurd size or place, as a detector of one's own may return them")
struct AbsurdFacesTests {
    private static let numbers: [Float] = [
        0, .leastNonzeroMagnitude, 1e-38, 1e-20, 1e-6, 1, 1e4, 1e9, 1e15, 1e18, 1e20, 1e30, 3e38, .infinity, .nan,
    ]

    @Test("Each is aligned, or refused with an error", arguments: numbers)
    func absurd(size: Float) throws {
        let image = Image(width: 64, height: 48)
        let places = Self.numbers + Self.numbers.map { -$0 }
        for place in places {
            let points = AlignmentTemplate.arcface(size: 112).referencePoints ?? []
            let face = Face(
                box: Box(x: place, y: place, width: size, height: size), confidence: 1,
                landmarks: Landmarks(
                    points: points.map { Point(x: place + size * $0.x / 112, y: place + size * $0.y / 112) }))
            for template: AlignmentTemplate in [
                .arcface(size: 112), .loose(size: 64, margin: 0.5), .box(size: 32, margin: 0.1),
            ] {
                do {
                    let aligned = try face.aligned(in: image, to: template)
                    #expect(aligned.image.width == template.size)
                } catch {
                    #expect(error as? FaceError == .degenerateLandmarks, "\(size) at \(place): \(error)")
                }
            }
            let share = face.shareOutside(width: 64, height: 48)
            #expect((0...1).contains(share), "\(size) at \(place): \(share)")
        }
    }
}
