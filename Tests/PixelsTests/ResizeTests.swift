import Pixels
import Testing

struct ResizeTests {
    @Test(
        "Area and bilinear equal OpenCV's within one gray level",
        arguments: ResizeMethod.allCases, [(30, 21), (17, 40), (5, 3), (90, 70)])
    func golden(method: ResizeMethod, size: (width: Int, height: Int)) throws {
        let name = "resized-\(method)-\(size.width)x\(size.height)"
        guard try Resource.all("ppm").contains(name + ".ppm") else { return }
        let resized = try Resource.expected("source").resized(width: size.width, height: size.height, method: method)
        #expect(try #require(greatestDifference(resized.pixels, Resource.expected(name).pixels)) <= 1)
    }

    @Test("Shrinking by whole factors gives the mean of blocks", arguments: [ResizeMethod.area, .adaptiveAverage])
    func blocks(method: ResizeMethod) {
        let image = noise(width: 24, height: 18, seed: 5)
        let small = image.resized(width: 8, height: 6, method: method)
        for y in 0..<6 {
            for x in 0..<24 {
                let channel = x % 3, column = x / 3
                var sum = 0
                for dy in 0..<3 {
                    for dx in 0..<3 { sum += Int(image.pixels[((y * 3 + dy) * 24 + column * 3 + dx) * 3 + channel]) }
                }
                #expect(abs(Int(small.pixels[y * 24 + x]) * 9 - sum) <= 5)
            }
        }
    }

    @Test("A single color stays the same at every size", arguments: ResizeMethod.allCases)
    func flat(method: ResizeMethod) {
        let color = Color(red: 255, green: 1, blue: 128)
        let image = Image(width: 19, height: 7, color: color)
        for (width, height) in [(1, 1), (19, 7), (3, 50), (40, 2), (1000, 1)] {
            #expect(
                image.resized(width: width, height: height, method: method)
                    == Image(width: width, height: height, color: color))
        }
    }

    @Test("A single pixel can be resized", arguments: ResizeMethod.allCases)
    func single(method: ResizeMethod) {
        let image = Image(width: 1, height: 1, color: .white)
        #expect(image.resized(width: 5, height: 3, method: method) == Image(width: 5, height: 3, color: .white))
    }

    @Test("Tall stacks of rows do not overflow", arguments: ResizeMethod.allCases)
    func tall(method: ResizeMethod) {
        let image = Image(width: 2, height: 3000, color: .white)
        #expect(image.resized(width: 1, height: 2, method: method) == Image(width: 1, height: 2, color: .white))
    }

    @Test("A pyramid starts at its first scale and ends at its minimum side")
    func pyramid() {
        let image = noise(width: 100, height: 60, seed: 6)
        let levels = image.pyramid(from: 0.6, factor: 0.5, minimumSide: 12)
        #expect(levels.map(\.scale) == [0.6, 0.3])
        #expect(levels.map(\.image.width) == [61, 31])
        #expect(levels.map(\.image.height) == [37, 19])
        #expect(levels[1].image == image.resized(width: 31, height: 19, method: .area))
        #expect(image.pyramid(factor: 0.7, minimumSide: 61).isEmpty)
    }
}
