import Pixels
import Testing

struct OrientationTests {
    /// A picture of two columns and three rows, with each pixel's number in its red byte.
    private let stored = Image(width: 2, height: 3, pixels: (0..<6).flatMap { [UInt8($0), 0, 255] })

    private func numbers(_ image: Image) -> [UInt8] {
        stride(from: 0, to: image.pixels.count, by: 3).map { image.pixels[$0] }
    }

    @Test(
        "Each orientation brings the pixels to their places",
        arguments: zip(
            Orientation.allCases,
            [
                [0, 1, 2, 3, 4, 5], [1, 0, 3, 2, 5, 4], [5, 4, 3, 2, 1, 0], [4, 5, 2, 3, 0, 1],
                [0, 2, 4, 1, 3, 5], [4, 2, 0, 5, 3, 1], [5, 3, 1, 4, 2, 0], [1, 3, 5, 0, 2, 4],
            ] as [[UInt8]]))
    func places(orientation: Orientation, expected: [UInt8]) {
        let upright = stored.oriented(orientation)
        #expect(numbers(upright) == expected)
        #expect(upright.width == (orientation.swapsSides ? 3 : 2))
    }

    @Test("A turn and its opposite restore the picture, across tiles")
    func inverses() {
        let image = noise(width: 71, height: 67, seed: 1)
        for (turn, opposite) in [(Orientation.right, Orientation.left), (.down, .down), (.leftMirrored, .leftMirrored)]
        {
            #expect(image.oriented(turn).oriented(opposite) == image)
        }
        #expect(image.mirrored().mirrored() == image)
        #expect(image.mirrored() != image)
    }
}
