import Faces
import Pixels
import Testing

@testable import Detectors

struct CanvasTests {
    @Test(arguments: [
        (640, 480, 640, 480), (480, 640, 480, 640), (250, 250, 256, 256), (512, 512, 640, 640), (4000, 3000, 640, 480),
        (1920, 1080, 640, 480), (4000, 1000, 640, 160), (4000, 10, 640, 160), (1, 1, 64, 32), (300, 200, 320, 256),
    ])
    func aPictureGetsOneOfFewSizes(width: Int, height: Int, canvasWidth: Int, canvasHeight: Int) {
        let canvas = Canvas(width: width, height: height, longestSide: 640)
        #expect(canvas.width == canvasWidth && canvas.height == canvasHeight)
        #expect(canvas.width % Canvas.step == 0 && canvas.height % Canvas.step == 0)
        #expect(canvas.left == 0 && canvas.top == 0)
    }

    @Test func everyPictureFits() {
        for width in stride(from: 1, through: 2000, by: 37) {
            for height in stride(from: 1, through: 2000, by: 41) {
                for border: Float in [0, 0.5] {
                    let canvas = Canvas(width: width, height: height, longestSide: 640, border: border)
                    #expect(canvas.left + canvas.pictureWidth <= canvas.width)
                    #expect(canvas.top + canvas.pictureHeight <= canvas.height)
                    #expect(max(canvas.width, canvas.height) <= 640)
                    #expect(border == 0 || canvas.pictureWidth * 2 <= canvas.width + 1)
                }
            }
        }
    }

    @Test func smallPicturesAreNotResized() {
        let canvas = Canvas(width: 250, height: 200, longestSide: 640)
        #expect(canvas.pictureWidth == 250 && canvas.pictureHeight == 200)
    }

    @Test func thePictureLiesInBlack() {
        let image = Image(width: 2, height: 1, color: Color(red: 1, green: 2, blue: 3))
        let canvas = Canvas(width: 4, height: 3, pictureWidth: 2, pictureHeight: 1, left: 1, top: 1)
        let bytes = [UInt8](unsafeUninitializedCapacity: 36) { buffer, count in
            buffer.initialize(repeating: 255)
            canvas.draw(image, into: buffer)
            count = 36
        }
        var expected = [UInt8](repeating: 0, count: 36)
        expected.replaceSubrange(15..<21, with: [1, 2, 3, 1, 2, 3])
        #expect(bytes == expected)
    }

    @Test func facesGoBackToThePicture() {
        let image = Image(width: 200, height: 100)
        let canvas = Canvas(width: 128, height: 96, pictureWidth: 100, pictureHeight: 50, left: 14, top: 23)
        let point = Point(x: 24, y: 33)
        let face = Face(
            box: Box(x: 24, y: 33, width: 10, height: 20), confidence: 0.9,
            landmarks: Landmarks(points: [Point](repeating: point, count: 5)))
        let mapped = face.inPicture(image, from: canvas)
        #expect(mapped.box == Box(x: 20, y: 20, width: 20, height: 40))
        #expect(mapped.landmarks.nose == Point(x: 20, y: 20))
        #expect(mapped.confidence == 0.9)
    }
}
