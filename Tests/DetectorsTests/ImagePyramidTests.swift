import Testing

@testable import Detectors

struct ImagePyramidTests {
    @Test func theLevelsAreThoseOfTheOriginal() {
        let pyramid = ImagePyramid(width: 640, height: 480, minimumFaceSize: 20, factor: 0.709)
        // int(side · scale + 1), while the shorter side has at least 12 pixels.
        #expect(pyramid.levels.map(\.width) == [385, 273, 194, 137, 98, 69, 49, 35, 25, 18])
        #expect(pyramid.levels.map(\.height) == [289, 205, 145, 103, 73, 52, 37, 26, 19, 14])
        #expect(pyramid.levels.first?.scale == 0.6)
    }

    @Test func placesAreThoseOfPNet() {
        // 12 pixels have one place; with 13, the pooling rounds up, and there are two.
        for (side, places) in [(12, 1), (13, 2), (14, 2), (15, 3), (100, 45), (101, 46)] {
            let level = ImagePyramid.Level(scale: 1, width: side, height: side)
            #expect(level.columns == places && level.rows == places, "\(side)")
        }
    }

    @Test(arguments: [(640, 480), (480, 640), (250, 250), (1280, 720), (1280, 97), (33, 1000), (20, 20)])
    func levelsLieOnTheCanvasAndApart(width: Int, height: Int) {
        let pyramid = ImagePyramid(width: width, height: height, minimumFaceSize: 20, factor: 0.709)
        #expect(!pyramid.levels.isEmpty)
        #expect(pyramid.width % 32 == 0 && pyramid.height % 32 == 0)
        var taken = [Bool](repeating: false, count: pyramid.width * pyramid.height)
        for level in pyramid.levels {
            #expect(level.x % 2 == 0 && level.y % 2 == 0)
            // Odd sides need one more pixel, for their repeated edge.
            let right = level.x + (level.width + 1) / 2 * 2, bottom = level.y + (level.height + 1) / 2 * 2
            #expect(right <= pyramid.width && bottom <= pyramid.height)
            for y in level.y..<bottom {
                for x in level.x..<right {
                    if taken[y * pyramid.width + x] { Issue.record("two levels at \(x), \(y)") }
                    taken[y * pyramid.width + x] = true
                }
            }
        }
    }

    @Test func littleOfTheCanvasIsBlack() {
        for (width, height) in [(640, 480), (250, 250), (1280, 720)] {
            let pyramid = ImagePyramid(width: width, height: height, minimumFaceSize: 20, factor: 0.709)
            let used = pyramid.levels.map { $0.width * $0.height }.reduce(0, +)
            #expect(Double(used) > 0.7 * Double(pyramid.width * pyramid.height), "\(width)×\(height)")
        }
    }

    @Test func aPictureSmallerThanTheSmallestFaceHasNoLevels() {
        let pyramid = ImagePyramid(width: 19, height: 300, minimumFaceSize: 20, factor: 0.709)
        #expect(pyramid.levels.isEmpty)
    }

    @Test func separatedLevelsFillTheirCanvases() {
        let pyramid = ImagePyramid(width: 250, height: 200, minimumFaceSize: 20, factor: 0.709)
        for (level, single) in zip(pyramid.levels, pyramid.separated) {
            #expect(single.levels.count == 1)
            #expect(single.width == level.width && single.height == level.height)
            #expect(single.levels.first?.x == 0 && single.levels.first?.y == 0)
        }
    }
}
