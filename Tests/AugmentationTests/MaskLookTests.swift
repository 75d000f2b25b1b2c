import Augmentation
import Testing

@Suite("The look of a mask") struct MaskLookTests {
    private let bare = [UInt8](repeating: 0, count: 3 * 400)

    @Test("Without a mask, the look is zero") func none() {
        #expect(MaskLook(bare: bare, masked: bare).numbers == [0, 0, 0, 0, 0])
        // A change below the threshold is noise.
        #expect(MaskLook(bare: bare, masked: bare.map { $0 + 8 }).share == 0)
    }

    @Test("Color, deviation and share are those of the changed pixels") func some() {
        var masked = bare
        for pixel in 0..<100 { masked.replaceSubrange(pixel * 3..<pixel * 3 + 3, with: [255, 0, 255]) }
        let one = MaskLook(bare: bare, masked: masked)
        for (found, expected) in zip(one.numbers, [1, -1, 1, 0, 0.25] as [Float]) {
            #expect(abs(found - expected) < 1e-5)
        }
        // Half of the mask is gray: the deviation of the three colors from their means.
        for pixel in 0..<50 { masked.replaceSubrange(pixel * 3..<pixel * 3 + 3, with: [0, 0, 255]) }
        let two = MaskLook(bare: bare, masked: masked)
        #expect(abs(two.color[0]) < 1e-5 && abs(two.deviation - (1.0 / 3 as Float).squareRoot()) < 1e-5)
    }
}
