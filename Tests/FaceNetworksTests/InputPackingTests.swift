import Faces
import Foundation
import Pixels
import Testing

@testable import FaceNetworks

@Suite("Conversion of a crop to a network's input")
struct InputPackingTests {
    /// A crop two pixels wide and one high: (10, 20, 30), (40, 50, 60).
    private let crop = Image(width: 2, height: 1, pixels: [10, 20, 30, 40, 50, 60])

    /// The input in a card.
    private struct Fields: Encodable {
        var name: String
        var layout: ModelInput.Layout
        var channels: ModelInput.Channels
        var normalization: ModelInput.Normalization
        var mean: [Float]?
        var scale: [Float]?
    }

    private func packed(
        layout: ModelInput.Layout = .nchw, channels: ModelInput.Channels = .rgb,
        normalization: ModelInput.Normalization = .fixed, mean: [Float]? = nil, scale: [Float]? = nil,
        mirrored: Bool = false, _ image: Image? = nil
    ) throws -> [Float] {
        let image = image ?? crop
        let fields = Fields(
            name: "x", layout: layout, channels: channels, normalization: normalization, mean: mean, scale: scale)
        let input = try JSONDecoder().decode(ModelInput.self, from: JSONEncoder().encode(fields))
        return [Float](unsafeUninitializedCapacity: image.pixels.count) { buffer, count in
            count = image.pixels.count
            buffer.initialize(repeating: .nan)
            InputPacking(input).pack(
                image, mirrored: mirrored, into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
        }
    }

    @Test("The order of axes and channels")
    func orders() throws {
        #expect(try packed() == [10, 40, 20, 50, 30, 60])
        #expect(try packed(layout: .nhwc) == [10, 20, 30, 40, 50, 60])
        #expect(try packed(channels: .bgr) == [30, 60, 20, 50, 10, 40])
        #expect(try packed(layout: .nhwc, channels: .bgr) == [30, 20, 10, 60, 50, 40])
    }

    @Test("Mirroring changes columns, not rows and channels")
    func mirrored() throws {
        #expect(try packed(mirrored: true) == [40, 10, 50, 20, 60, 30])
        #expect(try packed(layout: .nhwc, mirrored: true) == [40, 50, 60, 10, 20, 30])
        let tall = Image(width: 1, height: 2, pixels: [1, 2, 3, 4, 5, 6])
        #expect(try packed(mirrored: true, tall) == [1, 4, 2, 5, 3, 6])
    }

    @Test("Fixed mean and scale are in the order of the network's channels")
    func fixed() throws {
        let (mean, scale): ([Float], [Float]) = ([10, 20, 30], [1, 0.5, 2])
        #expect(try packed(mean: mean, scale: scale) == [0, 30, 0, 15, 0, 60])
        // Blue comes first, so blue has the first mean and scale.
        #expect(try packed(channels: .bgr, mean: mean, scale: scale) == [20, 50, 0, 15, -40, 20])
    }

    @Test("Whitening uses the crop's own mean and deviation over all of its values")
    func whitening() throws {
        // Mean 35, squared deviations 625, 225, 25, 25, 225, 625: deviation √(1750 / 6).
        let deviation = Float(1750.0 / 6).squareRoot()
        let expected = [-25, 5, -15, 15, -5, 25].map { Float($0) / deviation }
        for (value, expected) in zip(try packed(normalization: .whitening), expected) {
            #expect(abs(value - expected) < 1e-5)
        }
        let flat = Image(width: 2, height: 2, color: Color(red: 77, green: 77, blue: 77))
        #expect(try packed(normalization: .whitening, flat) == Array(repeating: 0, count: 12), "no division by nothing")
        var almost = flat
        almost.pixels[0] = 78
        // The deviation √(1/12 − 1/144) = 0.276 is below the minimum of 1/√12 = 0.289.
        let highest = try #require(try packed(normalization: .whitening, almost).max())
        #expect(abs(highest - (1 - 1.0 / 12) * Float(12).squareRoot()) < 1e-4)
    }
}
