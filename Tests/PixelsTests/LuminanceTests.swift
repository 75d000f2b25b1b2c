import Pixels
import Testing

struct LuminanceTests {
    @Test("Luminance equals OpenCV's gray exactly")
    func gray() throws {
        #expect(try Resource.expected("source").luminance == Resource.expectedGray("gray").levels)
        #expect(Color.white.luminance == 255 && Color.black.luminance == 0)
    }

    private func grayImage(_ name: String, width: Int? = nil, height: Int? = nil, divisor: UInt8 = 1) throws -> Image {
        let plane = try Resource.expectedGray(name)
        let image = Image(
            width: plane.width, height: plane.height,
            pixels: plane.levels.flatMap { [$0 / divisor, $0 / divisor, $0 / divisor] })
        return image.cropped(
            to: Box(x: 0, y: 0, width: Float(width ?? plane.width), height: Float(height ?? plane.height)))
    }

    @Test(
        "CLAHE equals OpenCV's within one gray level",
        arguments: [
            ("clahe-61x43", CLAHE(), 61, 43, 1), ("clahe-56x40", CLAHE(clipLimit: 3.5, columns: 4, rows: 5), 56, 40, 1),
            ("clahe-dark", CLAHE(clipLimit: 4, columns: 3, rows: 2), 61, 43, 6), ("clahe-tiny", CLAHE(), 7, 5, 1),
        ])
    func clahe(name: String, clahe: CLAHE, width: Int, height: Int, divisor: Int) throws {
        let image = try grayImage("gray", width: width, height: height, divisor: UInt8(divisor))
        let equalized = image.equalized(clahe).luminance
        #expect(try #require(greatestDifference(equalized, Resource.expectedGray(name).levels)) <= 1)
    }

    @Test("Adding the change of luma to the colors gives nearly the result in YCrCb")
    func color() throws {
        let equalized = try Resource.expected("source").equalized()
        #expect(try #require(greatestDifference(equalized.pixels, Resource.expected("clahe-color").pixels)) <= 1)
        // OpenCV's way rounds Y with other integers, which steep tables amplify, and Cr and Cb to bytes.
        #expect(try meanDifference(equalized, Resource.expected("clahe-ycrcb")) < 0.6)
    }

    @Test("Extreme limits and single pixels are equalized too")
    func extremes() {
        #expect(Image(width: 1, height: 1, color: .white).equalized().width == 1)
        let image = noise(width: 9, height: 5, seed: 9)
        #expect(image.equalized(CLAHE(clipLimit: 1e300, columns: 1, rows: 1)).height == 5)
        #expect(image.equalized(CLAHE(clipLimit: 1e-300, columns: 20, rows: 30)).height == 5)
    }

    @Test("Gamma keeps black and white; a value below 1 brightens")
    func gamma() {
        let levels: [UInt8] = [0, 64, 128, 255]
        let image = Image(width: 4, height: 1, pixels: levels.flatMap { [$0, $0, $0] })
        #expect(image.gammaCorrected(1) == image)
        // 255 (64 / 255)^0.5 = 127.7 and 255 (128 / 255)^0.5 = 180.7
        #expect(image.gammaCorrected(0.5).luminance == [0, 128, 181, 255])
        #expect(image.gammaCorrected(2).luminance == [0, 16, 64, 255])
    }
}
