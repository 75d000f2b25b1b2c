import Pixels
import Testing

struct WarpTests {
    private let transform = SimilarityTransform(a: 1.3, b: 0.45, tx: 4.25, ty: -14.5)

    @Test("A warp equals the exact one within one gray level, including black outside")
    func exact() throws {
        let warped = try Resource.expected("source").warped(by: transform, width: 56, height: 56)
        #expect(try #require(greatestDifference(warped.pixels, Resource.expected("warped-exact").pixels)) <= 1)
    }

    @Test("A warp equals OpenCV's, except for OpenCV's rounding of places to 1/32 pixel")
    func openCV() throws {
        let warped = try Resource.expected("source").warped(by: transform, width: 56, height: 56)
        #expect(try meanDifference(warped, Resource.expected("warped-opencv")) < 0.6)
    }

    @Test("The identity changes nothing, and whole steps only shift")
    func steps() {
        let image = noise(width: 23, height: 17, seed: 7)
        #expect(image.warped(by: .identity, width: 23, height: 17) == image)
        let moved = image.warped(by: SimilarityTransform(a: 1, b: 0, tx: 3, ty: -2), width: 23, height: 17)
        #expect(moved == image.cropped(to: Box(x: -3, y: 2, width: 23, height: 17)))
    }

    @Test("Half a step mixes two pixels, at the edge with black")
    func half() {
        let image = Image(width: 2, height: 1, pixels: [100, 0, 0, 200, 0, 0])
        let moved = image.warped(by: SimilarityTransform(a: 1, b: 0, tx: 0.5, ty: 0), width: 3, height: 1)
        #expect(moved.pixels == [50, 0, 0, 150, 0, 0, 100, 0, 0])
    }

    @Test("Quarter turns equal the orientations")
    func quarterTurns() {
        let image = noise(width: 31, height: 20, seed: 8)
        let right = image.warped(by: SimilarityTransform(a: 0, b: 1, tx: 19, ty: 0), width: 20, height: 31)
        #expect(right == image.oriented(.right))
        let down = image.warped(by: SimilarityTransform(a: -1, b: 0, tx: 30, ty: 19), width: 31, height: 20)
        #expect(down == image.oriented(.down))
    }

    @Test("Transforms of every size and distant places give black or a picture, never a crash")
    func extremes() {
        let image = Image(width: 5, height: 4, color: .white)
        for scale in [1e-30, 1e-9, 1, 1e9, 1e18] as [Float] {
            for shift in [-1e30, -1e9, 0, 1e9, 1e30] as [Float] {
                for (a, b) in [(scale, 0), (0, scale), (scale, -scale)] as [(Float, Float)] {
                    let transform = SimilarityTransform(a: a, b: b, tx: shift, ty: shift)
                    #expect(image.warped(by: transform, width: 3, height: 3).pixels.count == 27)
                }
            }
        }
        let unknown = SimilarityTransform(a: 1, b: 0, tx: .nan, ty: .infinity)
        #expect(image.warped(by: unknown, width: 2, height: 2) == Image(width: 2, height: 2))
    }
}
