import Faces
import Pixels
import Testing

@testable import Detectors

struct LookTests {
    let face = Face(
        box: Box(x: 10, y: 20, width: 30, height: 40), confidence: 0.9,
        landmarks: Landmarks(points: [Point](repeating: Point(x: 12, y: 24), count: 5)))

    @Test func largePicturesAreShrunk() {
        let image = Image(width: 400, height: 300)
        #expect(image.shrunk(toLongestSide: 200).width == 200)
        #expect(image.shrunk(toLongestSide: 200).height == 150)
        #expect(image.shrunk(toLongestSide: 500) == image)
        #expect(image.shrunk(toLongestSide: nil) == image)
        #expect(Image(width: 1000, height: 1).shrunk(toLongestSide: 100).height == 1)
    }

    @Test func aSecondLookHasABorderAndTheFirstPicturesPlaces() {
        let image = Image(width: 100, height: 50, color: .white)
        let found = image.faces(border: 0.5) { $0.width == 200 && $0.height == 100 ? [face] : [] }
        #expect(found == [face.mapped(scale: 1, dx: -50, dy: -25)])
    }

    @Test func aFaceFoundAtOnceOrNoBorderMeansOneLook() {
        let image = Image(width: 100, height: 50)
        #expect(image.faces(border: 0.5) { $0 == image ? [face] : [] } == [face])
        #expect(image.faces(border: 0) { $0 == image ? [] : [face] } == [])
    }

    @Test func facesGoBackToThePicture() {
        let mapped = face.scaled(from: Image(width: 100, height: 50), to: Image(width: 200, height: 150))
        #expect(mapped.box == Box(x: 20, y: 60, width: 60, height: 120))
        #expect(mapped.landmarks.nose == Point(x: 24, y: 72))
        #expect(mapped.confidence == 0.9)
    }
}
