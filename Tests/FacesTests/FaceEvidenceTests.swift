import Faces
import Pixels
import Testing

struct FaceEvidenceTests {
    /// Returns a face with ArcFace's reference points at twice their size, shifted.
    private func face(x: Float, y: Float) -> Face {
        let points = [(76.6, 103.4), (147.1, 103.0), (112.1, 143.5), (83.1, 184.7), (141.5, 184.4)] as [(Float, Float)]
        return Face(
            box: Box(x: x + 40, y: y + 40, width: 144, height: 180), confidence: 0.9,
            landmarks: Landmarks(points: points.map { Point(x: x + $0.0, y: y + $0.1) }))
    }

    @Test func aFaceInThePictureLiesWhollyInIt() {
        #expect(face(x: 0, y: 0).shareOutside(width: 224, height: 224) == 0)
        // Hair and ears may be cut off.
        #expect(face(x: -40, y: -60).shareOutside(width: 144, height: 160) == 0)
    }

    @Test func whatIsOutsideIsCounted() {
        let whole = face(x: 0, y: 0)
        // The eyes lie 20 of 72 rows below the top of the measured region, and the picture begins at them.
        #expect(abs(face(x: 0, y: -103).shareOutside(width: 224, height: 224) - 0.28) < 0.04)
        // The picture ends at the mouth, at the left eye, at the right one.
        #expect(abs(whole.shareOutside(width: 224, height: 185) - 0.17) < 0.04)
        #expect(abs(face(x: -76, y: 0).shareOutside(width: 224, height: 224) - 0.22) < 0.04)
        #expect(abs(whole.shareOutside(width: 148, height: 224) - 0.22) < 0.04)
        #expect(face(x: 500, y: 0).shareOutside(width: 224, height: 224) == 1)
    }

    /// Rotated by any angle around a corner, the same share is cut off.
    @Test func aFaceThatLeansIsCutAsMuch() {
        let upright = face(x: -60, y: 0), share = upright.shareOutside(width: 500, height: 500)
        var leaning = upright
        // A quarter turn to the left: x and y are swapped, and the top becomes the picture's left.
        leaning.landmarks = upright.landmarks.mapped { Point(x: $0.y, y: 499 - $0.x) }
        let cut = leaning.shareOutside(width: 500, height: 500)
        #expect(share > 0 && abs(cut - share) < 0.02)
    }

    @Test func landmarksThatAreNoneLieOutside() {
        var face = face(x: 0, y: 0)
        face.landmarks = face.landmarks.mapped { _ in Point(x: 50, y: 50) }
        #expect(face.shareOutside(width: 224, height: 224) == 1)
        face.landmarks = face.landmarks.mapped { _ in Point(x: .nan, y: 50) }
        #expect(face.shareOutside(width: 224, height: 224) == 1)
    }
}
