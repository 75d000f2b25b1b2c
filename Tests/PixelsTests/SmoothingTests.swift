import Pixels
import Testing

@Suite struct SmoothingTests {
    @Test func aFlatPictureStaysFlat() {
        let image = Image(width: 9, height: 7, color: Color(red: 10, green: 200, blue: 255))
        #expect(image.smoothed(sigma: 1.5) == image)
    }

    /// A white column on black becomes the Gaussian's profile.
    ///
    /// At sigma 1, its middle has 0.3991 of the light (the discrete weights over seven pixels), its neighbors 0.2420.
    @Test func aLineBecomesTheProfile() {
        var image = Image(width: 15, height: 5)
        for y in 0..<5 { for channel in 0..<3 { image.pixels[(y * 15 + 7) * 3 + channel] = 255 } }
        let smooth = image.smoothed(sigma: 1)
        let row = (0..<15).map { Int(smooth.pixels[(2 * 15 + $0) * 3]) }
        #expect(row[7] == 102 && row[6] == 62 && row[8] == 62 && row[5] == 14 && row[9] == 14)
        #expect(row[3] == 0 && row[11] == 0)
    }

    @Test func takesNoiseAway() {
        var image = Image(width: 64, height: 64)
        var state: UInt32 = 1
        for index in image.pixels.indices {
            state = state &* 1_664_525 &+ 1_013_904_223
            image.pixels[index] = UInt8(100 + (state >> 24) % 56)
        }
        func spread(_ image: Image) -> Double {
            let mean = Double(image.pixels.reduce(0) { $0 + Int($1) }) / Double(image.pixels.count)
            return image.pixels.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
                / Double(image.pixels.count)
        }
        // Independent noise loses 1 - 1 / (4 pi sigma²) of its variance: 96 % at sigma 1.5.
        #expect(spread(image.smoothed(sigma: 1.5)) < 0.06 * spread(image))
    }
}
