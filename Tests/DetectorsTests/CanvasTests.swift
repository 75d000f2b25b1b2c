import Pixels
import Testing

@testable import Detectors

struct CanvasTests {
    @Test(arguments: [
        (640, 480, 640, 480), (480, 640, 480, 640), (250, 250, 256, 256), (512, 512, 640, 640), (640, 360, 640, 480),
        (640, 10, 640, 160), (1, 1, 64, 32), (300, 200, 320, 256), (1280, 960, 1280, 960), (1300, 900, 1408, 1056),
    ])
    func aPictureGetsOneOfFewSizes(width: Int, height: Int, canvasWidth: Int, canvasHeight: Int) {
        let canvas = Canvas(holding: PixelSize(width: width, height: height))
        #expect(canvas == Canvas(width: canvasWidth, height: canvasHeight))
    }

    @Test(arguments: [
        (1280, 720, 3...4, 1280, 960), (626, 1200, 3...4, 960, 1280), (1280, 1000, 3...4, 1280, 1280),
        (640, 100, 4...4, 640, 640), (334, 640, 4...4, 640, 640),
    ])
    func fewerSizesOfTheShortSide(
        width: Int, height: Int, quarters: ClosedRange<Int>, canvasWidth: Int, canvasHeight: Int
    ) {
        let canvas = Canvas(holding: PixelSize(width: width, height: height), quarters: quarters)
        #expect(canvas == Canvas(width: canvasWidth, height: canvasHeight))
    }

    @Test func everyPictureFits() {
        for width in stride(from: 1, through: 1500, by: 137) {
            for height in stride(from: 1, through: 1500, by: 141) {
                let canvas = Canvas(holding: PixelSize(width: width, height: height))
                #expect(canvas.width >= width && canvas.height >= height)
                #expect(canvas.width % Canvas.step == 0 && canvas.height % Canvas.step == 0)
            }
        }
    }

    @Test func thePictureLiesAtTheTopLeftOfBlack() {
        let image = Image(width: 2, height: 1, color: Color(red: 1, green: 2, blue: 3))
        let bytes = [UInt8](unsafeUninitializedCapacity: 18) { buffer, count in
            buffer.initialize(repeating: 255)
            Canvas(width: 3, height: 2).draw(image, into: buffer)
            count = 18
        }
        #expect(bytes == [1, 2, 3, 1, 2, 3] + [UInt8](repeating: 0, count: 12))
    }
}
