import Faces
import Pixels
import Testing

@testable import Detectors

struct ViewTests {
    let face = Face(
        box: Box(x: 60, y: 70, width: 30, height: 40), confidence: 0.9,
        landmarks: Landmarks(points: [Point](repeating: Point(x: 62, y: 74), count: 5)))

    @Test func aPictureThatFitsIsSeenAsItIs() {
        let image = Image(width: 100, height: 50, color: .white)
        for side in [nil, 100, 200] {
            let view = View(of: image, longestSide: side)
            #expect(view.image == image)
            #expect(view.inPicture(face) == face)
        }
    }

    @Test func aLargerPictureIsShrunkAndItsFacesGrow() {
        let view = View(of: Image(width: 400, height: 300), longestSide: 200)
        #expect(view.image.size == PixelSize(width: 200, height: 150))
        let found = view.inPicture(face)
        #expect(found.box == Box(x: 120, y: 140, width: 60, height: 80))
        #expect(found.landmarks.nose == Point(x: 124, y: 148))
        #expect(found.confidence == 0.9)
    }

    @Test func aBorderLiesAroundThePicture() {
        let image = Image(width: 100, height: 50, color: .white)
        let view = View(of: image, longestSide: 400, border: 0.5)
        #expect(view.image == image.padded(left: 50, top: 25, right: 50, bottom: 25))
        #expect(view.inPicture(face) == face.mapped(scale: 1, dx: -50, dy: -25))
    }

    @Test func theBorderCountsTowardsTheLongestSide() {
        // A picture of 100 leaves room for a border of 50 on both sides in 200, and for half of that in 100.
        let view = View(of: Image(width: 100, height: 50, color: .white), longestSide: 100, border: 0.5)
        #expect(view.image.size == PixelSize(width: 100, height: 49))
        #expect(view.image.pixels.contains(255))
        let middle = view.inPicture(
            Face(
                box: Box(x: 25, y: 12, width: 50, height: 25), confidence: 1,
                landmarks: Landmarks(points: [Point](repeating: Point(x: 50, y: 24.5), count: 5))))
        #expect(middle.box == Box(x: 0, y: 0, width: 100, height: 50))
        #expect(middle.landmarks.nose == Point(x: 50, y: 25))
    }

    /// Tests around every size of canvas and border, and thin pictures of all lengths.
    @Test func noViewIsLongerThanAskedForAndEveryViewFitsItsCanvas() {
        let edges = Canvas.sides.flatMap { [$0 / 2, $0] }.flatMap { [$0 - 1, $0, $0 + 1] } + [1, 2, 3, 1601, 5000]
        for width in edges {
            for height in [1, 2, width / 2 + 1, width * 3 / 4, width] where height > 0 {
                for (width, height) in [(width, height), (height, width)] {
                    for (side, border) in [(640, 0), (640, 0.5), (1280, 0.5), (640, 0.3), (100, 4)] as [(Int, Float)] {
                        let size = PixelSize(width: width, height: height)
                        let image = Image(width: width, height: height)
                        let view = View(of: image, longestSide: side, border: border)
                        #expect(view.image.size.longest <= side, "\(size), \(side), \(border)")
                        for quarters in [1...4, 3...4, 4...4] {
                            let canvas = Canvas(holding: view.image.size, quarters: quarters)
                            #expect(canvas.width >= view.image.width && canvas.height >= view.image.height)
                        }
                    }
                }
            }
        }
    }

    @Test func sidesAreShrunkInWholeNumbers() {
        #expect(PixelSize(width: 1000, height: 1).shrunk(toLongestSide: 100) == PixelSize(width: 100, height: 1))
        #expect(PixelSize(width: 1, height: 5000).shrunk(toLongestSide: 640) == PixelSize(width: 1, height: 640))
        #expect(PixelSize(width: 3, height: 2).shrunk(toLongestSide: nil) == PixelSize(width: 3, height: 2))
        for length in 1...6000 {
            #expect(PixelSize(width: length, height: length).shrunk(toLongestSide: 640).longest == min(length, 640))
        }
    }
}
