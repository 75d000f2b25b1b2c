import Pixels
import Testing

struct DrawingTests {
    private func isSet(_ image: Image, _ x: Int, _ y: Int) -> Bool { image.pixels[(y * image.width + x) * 3] > 127 }

    private func setCount(_ image: Image) -> Int {
        stride(from: 0, to: image.pixels.count, by: 3).count { image.pixels[$0] > 127 }
    }

    /// Returns the picture as text, for readable expectations.
    private func rows(_ image: Image) -> [String] {
        (0..<image.height).map { y in String((0..<image.width).map { isSet(image, $0, y) ? "#" : "." }) }
    }

    @Test("A box is an outline inside its edges")
    func box() {
        var image = Image(width: 8, height: 6)
        image.draw(Box(x: 1, y: 1, width: 6, height: 4), color: .white, thickness: 1)
        #expect(rows(image) == ["........", ".######.", ".#....#.", ".#....#.", ".######.", "........"])
    }

    @Test("A thick box grows inwards, and is filled if too thick")
    func thickBox() {
        var image = Image(width: 7, height: 7)
        image.draw(Box(x: 0, y: 0, width: 7, height: 7), color: .white, thickness: 2)
        #expect(setCount(image) == 49 - 9)
        image.draw(Box(x: 0, y: 0, width: 7, height: 7), color: .white, thickness: 50)
        #expect(setCount(image) == 49)
    }

    @Test("Parts outside are left out; invalid numbers draw nothing")
    func outside() {
        var image = Image(width: 5, height: 5)
        image.draw(Box(x: -3, y: -3, width: 6, height: 6), color: .white, thickness: 1)
        #expect(setCount(image) == 5)
        let before = image
        let far: [Float] = [.nan, .infinity, -.infinity, 1e30, -1e30]
        for place in far {
            image.draw(Box(x: place, y: 0, width: 1, height: 1), color: .white)
            image.draw([Point(x: place, y: place)], color: .white)
            image.drawLine(from: Point(x: place, y: 0), to: Point(x: place, y: 1), color: .white)
            image.drawText("x", at: Point(x: place, y: 9000), color: .white)
        }
        #expect(image == before)
    }

    @Test("A point is a disc around its center")
    func point() {
        var image = Image(width: 7, height: 7)
        image.draw([Point(x: 3, y: 3)], color: .white, radius: 2)
        #expect(rows(image) == [".......", "...#...", "..###..", ".#####.", "..###..", "...#...", "......."])
    }

    @Test("Lines run from end to end")
    func line() {
        var image = Image(width: 9, height: 5)
        image.drawLine(from: Point(x: 1, y: 2), to: Point(x: 7, y: 2), color: .white, thickness: 1)
        #expect(rows(image)[2] == ".#######.")
        #expect(setCount(image) == 7)
        var diagonal = Image(width: 9, height: 9)
        diagonal.drawLine(from: Point(x: 0, y: 0), to: Point(x: 8, y: 8), color: .white, thickness: 1)
        for place in 0..<9 { #expect(isSet(diagonal, place, place)) }
        #expect(!isSet(diagonal, 8, 0) && !isSet(diagonal, 0, 8))
    }

    @Test("Letters have their shapes at the natural size")
    func letter() {
        var image = Image(width: 10, height: 20)
        image.drawText("L", at: Point(x: 0, y: 0), color: .white, height: 20)
        let drawn = rows(image)
        #expect(drawn.contains(".########."), "the foot")
        #expect(drawn.filter { $0.hasPrefix(".##...") }.count > 8, "the stem")
    }

    @Test("Every letter of ASCII and Latin-1 is drawn, and all differ")
    func allLetters() {
        var seen: [[UInt8]: Character] = [:]
        for code in [0x21...0x7E, 0xA1...0xFF].joined() where code != 0xAD {
            guard let scalar = UnicodeScalar(code) else { continue }
            var image = Image(width: 10, height: 20)
            image.drawText(String(scalar), at: Point(x: 0, y: 0), color: .white, height: 20)
            #expect(setCount(image) > 0, "\(scalar)")
            #expect(seen.updateValue(Character(scalar), forKey: image.pixels) == nil, "\(scalar)")
        }
        #expect(seen.count == 94 + 94)
    }

    @Test("Composed and decomposed accents are the same; unknown characters are a frame")
    func otherLetters() {
        func drawn(_ text: String) -> Image {
            var image = Image(width: 12, height: 24)
            image.drawText(text, at: Point(x: 0, y: 0), color: .white, height: 24)
            return image
        }
        #expect(drawn("\u{E9}") == drawn("e\u{301}"))
        #expect(drawn("界") == drawn("ж"))
        #expect(setCount(drawn("界")) > 0)
    }

    @Test("Text scales, covers its share and stays in its rectangle", arguments: [7, 12, 20, 33, 100])
    func textSize(height: Int) {
        let width = Image.textWidth(of: "Hg", height: height)
        var image = Image(width: width + 4, height: height + 4)
        image.drawText("Hg", at: Point(x: 2, y: 2), color: .white, height: height)
        let inside = image.cropped(to: Box(x: 2, y: 2, width: Float(width), height: Float(height)))
        let light = inside.luminance.reduce(0) { $0 + Int($1) }
        #expect(light == image.luminance.reduce(0) { $0 + Int($1) }, "nothing outside")
        let share = Double(light) / Double(255 * width * height)
        #expect(share > 0.15 && share < 0.35)
    }

    @Test("A label is above its box, or inside if there is no room, and within the picture")
    func label() {
        var image = Image(width: 200, height: 100)
        image.drawLabel("Ada", for: Box(x: 20, y: 50, width: 30, height: 30), color: .white, height: 20)
        #expect(isSet(image, 20, 30) && isSet(image, 49, 49) && !isSet(image, 20, 51))
        var top = Image(width: 200, height: 100)
        top.drawLabel("Ada", for: Box(x: 190, y: 5, width: 30, height: 30), color: .white, height: 20)
        #expect(isSet(top, 199, 5) && isSet(top, 170, 24) && !isSet(top, 199, 4))
    }

    @Test("Default sizes depend on the picture")
    func sizes() {
        #expect(Image(width: 640, height: 480).lineWidth == 2)
        #expect(Image(width: 4000, height: 3000).lineWidth > 8)
        #expect(Image(width: 10, height: 10).lineWidth == 1)
        #expect(Image(width: 640, height: 480).textHeight == 16)
    }
}
