import Pixels
import Testing

@testable import FaceNetworks

@Suite("Painting generated faces into pictures") struct ImagePaintingTests {
    private func gradient(_ side: Int) -> Image {
        Image(
            width: side, height: side,
            pixels: (0..<side * side).flatMap { [UInt8(40 + $0 % side), UInt8(40 + $0 / side), 100] })
    }

    private func made(_ crop: Image, share: UInt8, _ change: (UInt8) -> UInt8) -> TranslatedCrop {
        TranslatedCrop(
            image: Image(width: crop.width, height: crop.height, pixels: crop.pixels.map(change)),
            share: [UInt8](repeating: share, count: crop.width * crop.height))
    }

    private func pixel(_ image: Image, _ x: Int, _ y: Int) -> [Int] {
        image.pixels[(y * image.width + x) * 3..<(y * image.width + x) * 3 + 3].map { Int($0) }
    }

    /// Each of the crop's 16 pixels is two of the picture's, starting at (10, 6).
    private let transform = SimilarityTransform(a: 0.5, b: 0, tx: -5, ty: -3)

    @Test("Without new content, the picture does not change by a byte") func nothing() {
        let picture = gradient(60)
        let crop = picture.warped(by: transform, width: 16, height: 16)
        #expect(picture.painted(with: made(crop, share: 0) { $0 }, of: crop, at: transform) == picture)
    }

    @Test("New content replaces the picture's own detail; at half opacity, half of it stays") func painted() {
        // Finer than a crop of half the size can show.
        let checks = Image(
            width: 60, height: 60, pixels: (0..<3600).flatMap { [UInt8]($0 % 2 == 0 ? [200, 0, 0] : [0, 0, 200]) })
        let crop = checks.warped(by: transform, width: 16, height: 16)
        let whole = checks.painted(with: made(crop, share: 255) { _ in 90 }, of: crop, at: transform)
        #expect(pixel(whole, 24, 20) == [90, 90, 90] && pixel(whole, 25, 20) == [90, 90, 90])
        #expect(pixel(whole, 2, 20) == pixel(checks, 2, 20) && pixel(whole, 50, 50) == pixel(checks, 50, 50))
        // A share of 128 of a gray of 90: the result has half of the crop's own mean color.
        let half = made(crop, share: 128) { UInt8((Int($0) * 127 + 90 * 128) / 255) }
        let mixed = checks.painted(with: half, of: crop, at: transform)
        let (one, other) = (pixel(mixed, 24, 20), pixel(mixed, 25, 20))
        #expect(abs(one[0] - other[0]) > 90 && abs(one[1] - 45) <= 2 && abs(other[1] - 45) <= 2)
    }

    @Test("A crop that reaches outside the picture is painted only inside it") func edges() {
        let picture = gradient(20)
        let over = SimilarityTransform(a: 1, b: 0, tx: 8, ty: 8)
        let crop = picture.warped(by: over, width: 16, height: 16)
        let black = made(crop, share: 255) { _ in 0 }
        let changed = picture.painted(with: black, of: crop, at: over)
        #expect(pixel(changed, 0, 0) == [0, 0, 0] && pixel(changed, 19, 19) == pixel(picture, 19, 19))
        let outside = SimilarityTransform(a: 1, b: 0, tx: 100, ty: 0)
        #expect(picture.painted(with: black, of: crop, at: outside) == picture)
    }
}
