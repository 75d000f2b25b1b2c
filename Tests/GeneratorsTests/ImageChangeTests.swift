import Pixels
import Testing

@testable import Generators

@Suite("A crop's change brought back to the picture") struct ImageChangeTests {
    private func gradient(_ side: Int) -> Image {
        Image(
            width: side, height: side,
            pixels: (0..<side * side).flatMap { [UInt8(40 + $0 % side), UInt8(40 + $0 / side), 100] })
    }

    @Test("Where nothing changed the picture stays as it is, byte for byte") func nothing() {
        let picture = gradient(60)
        let transform = SimilarityTransform(a: 0.5, b: 0, tx: -5, ty: -3)
        let crop = picture.warped(by: transform, width: 16, height: 16)
        #expect(picture.changed(as: crop, to: crop, at: transform) == picture)
    }

    @Test("A brighter crop makes its part of the picture as much brighter, and nothing else") func brighter() {
        let picture = gradient(60)
        // The crop's 16 pixels are 32 of the picture, from (10, 6).
        let transform = SimilarityTransform(a: 0.5, b: 0, tx: -5, ty: -3)
        let crop = picture.warped(by: transform, width: 16, height: 16)
        let made = Image(width: 16, height: 16, pixels: crop.pixels.map { $0 + 50 })
        let changed = picture.changed(as: crop, to: made, at: transform)
        func pixel(_ image: Image, _ x: Int, _ y: Int) -> [UInt8] {
            Array(image.pixels[(y * image.width + x) * 3..<(y * image.width + x) * 3 + 3])
        }
        #expect(pixel(changed, 25, 20) == pixel(picture, 25, 20).map { $0 + 50 })
        #expect(pixel(changed, 2, 20) == pixel(picture, 2, 20) && pixel(changed, 50, 50) == pixel(picture, 50, 50))
    }

    @Test("A crop that reaches over the picture's edge changes what is there") func edges() {
        let picture = gradient(20)
        let transform = SimilarityTransform(a: 1, b: 0, tx: 8, ty: 8)
        let crop = picture.warped(by: transform, width: 16, height: 16)
        let made = Image(width: 16, height: 16, pixels: crop.pixels.map { _ in 0 })
        let changed = picture.changed(as: crop, to: made, at: transform)
        #expect(changed.pixels[0] == 0 && changed.pixels.suffix(3) == picture.pixels.suffix(3))
        let outside = SimilarityTransform(a: 1, b: 0, tx: 100, ty: 0)
        #expect(picture.changed(as: crop, to: made, at: outside) == picture)
    }
}
