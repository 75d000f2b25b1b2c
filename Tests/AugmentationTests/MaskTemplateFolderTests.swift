import Augmentation
import Foundation
import Pixels
import TestSupport
import Testing

@Suite("Masks from pictures: masks.cfg")
struct MaskTemplateFolderTests {
    private func templates(_ keyPoints: [String]) throws -> [MaskTemplate] {
        let folder = try TemporaryFolder()
        let picture = Image(width: 40, height: 36, pixels: [UInt8](repeating: 180, count: 40 * 36 * 3))
        try Data(picture.encoded(as: .png)).write(to: folder.url.appending(path: "a.png"))
        let lines = zip("abcdef", keyPoints).map { "mask_\($0): \($1)\n" }
        try Data(("[a]\n" + lines.joined()).utf8).write(to: folder.url.appending(path: "masks.cfg"))
        return try MaskTemplate.all(in: folder.url)
    }

    private let sound = ["2, 4", "20, 2", "38, 4", "6, 30", "20, 34", "34, 30"]

    @Test("Valid key points make a mask that is drawn")
    func drawn() throws {
        let template = try #require(templates(sound).first)
        #expect(try template.drawn(on: skin(), at: landmarks(), seed: 1).image != skin())
    }

    @Test(
        "Key points outside any picture are refused",
        arguments: ["1e30, 1", "1, -1e30", "inf, 1", "nan, nan", "100001, 0", "1", "1, 2, 3", "x, y"])
    func refused(point: String) {
        #expect(throws: AugmentationError.self) { try templates([point] + sound.dropFirst()) }
    }

    @Test(
        "Key points on a line, on one spot or far apart draw a mask or nothing",
        arguments: [
            (0..<6).map { "\($0), \($0).001" }, [String](repeating: "5, 5", count: 6),
            ["-100000, -100000", "0, 100000", "100000, 0", "1, 1", "2, 2", "3, 3.0001"],
        ])
    func degenerate(points: [String]) throws {
        for template in try templates(points) {
            let covered = try template.drawn(on: skin(), at: landmarks(), seed: 1)
            #expect(covered.image.width == skin().width)
        }
    }
}
