import Faces
import Pixels
import Testing

@testable import Detectors

struct YuNetDecoderTests {
    /// Two places in one row at stride 8; the second is a face.
    @Test func aPlaceBecomesAFace() throws {
        let faces = [Float](repeating: 0, count: 4) + [0.5, 0.25, 0, 1]
        let points = [Float](repeating: 0, count: 10) + [0, 0, 1, 0, 0.5, 0.5, 0, 1, 1, 1]
        let found = decode(classes: [0.9, 0.64], objectness: [0.1, 1.5], boxes: faces, points: points)
        let face = try #require(found.first)
        #expect(found.count == 1)
        #expect(face.confidence == 0.8)
        #expect(face.box.width == 8)
        #expect(abs(face.box.height - 8 * 2.718_281_8) < 1e-4)
        #expect(face.box.center.x == 12)
        #expect(abs(face.box.center.y - 2) < 1e-5)
        #expect(face.landmarks.points.map(\.x) == [8, 16, 12, 8, 16])
        #expect(face.landmarks.points.map(\.y) == [0, 0, 4, 8, 8])
    }

    @Test func unsurePlacesAreDropped() {
        let none = decode(
            classes: [0.5, 1], objectness: [0.5, 0.2], boxes: [Float](repeating: 0, count: 8),
            points: [Float](repeating: 0, count: 20))
        #expect(none.isEmpty)
    }

    private func decode(classes: [Float], objectness: [Float], boxes: [Float], points: [Float]) -> [Face] {
        classes.withUnsafeBufferPointer { classes in
            objectness.withUnsafeBufferPointer { objectness in
                boxes.withUnsafeBufferPointer { boxes in
                    points.withUnsafeBufferPointer { points in
                        YuNetDecoder(stride: 8, columns: 2, minimumConfidence: 0.6)
                            .faces(classes: classes, objectness: objectness, boxes: boxes, points: points)
                    }
                }
            }
        }
    }
}
