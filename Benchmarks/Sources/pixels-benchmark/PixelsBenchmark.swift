import ArgumentParser
import BenchmarkSupport
import Foundation
import Pixels

/// Times operations on pixels, and prints JSON: medians in milliseconds, one thread.
@main
struct PixelsBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pixels-benchmark", abstract: "Time decoding, warping, resizing and equalizing, with one thread.")

    @Argument(help: "A photograph, such as .output/benchmarks/pictures/one.jpg.")
    var picture: String
    @Option(help: "Seconds for each operation.") var seconds = 0.5

    private struct Report: Encodable {
        let width: Int
        let height: Int
        let milliseconds: [String: Times]
    }

    func run() throws {
        let bytes = try Image.bytes(contentsOf: URL(filePath: picture))
        let image = try Image(decoding: bytes)
        let png = try image.encoded(as: .png), jpeg = try image.encoded(as: .jpeg(quality: 90))
        // Rotated a little and shrunk by 1.5, as in the alignment of a face.
        let turned = SimilarityTransform(a: 0.65, b: 0.1, tx: -150, ty: -60)
        let half = (width: max(image.width / 2, 1), height: max(image.height / 2, 1))
        let cases: [(String, () throws -> Void)] = [
            ("decode the file", { _ = try Image(decoding: bytes) }),
            ("decode JPEG, quality 90", { _ = try Image(decoding: jpeg) }),
            ("decode PNG", { _ = try Image(decoding: png) }),
            ("encode JPEG, quality 90", { _ = try image.encoded(as: .jpeg(quality: 90)) }),
            ("warp to 112 x 112", { _ = image.warped(by: turned, width: 112, height: 112) }),
            ("warp to 160 x 160", { _ = image.warped(by: turned, width: 160, height: 160) }),
            ("halve, area", { _ = image.resized(width: half.width, height: half.height, method: .area) }),
            ("to 0.7, area", { _ = image.resized(width: image.width * 7 / 10, height: image.height * 7 / 10) }),
            ("halve, bilinear", { _ = image.resized(width: half.width, height: half.height, method: .bilinear) }),
            (
                "double, bilinear",
                {
                    _ = image.resized(width: image.width * 2, height: image.height * 2, method: .bilinear)
                }
            ),
            ("CLAHE", { _ = image.equalized() }),
            ("mirror", { _ = image.mirrored() }),
        ]
        var times: [String: Times] = [:]
        for (name, body) in cases { times[name] = try Times.measure(seconds: seconds, body) }
        try Output.report(Report(width: image.width, height: image.height, milliseconds: times))
    }
}
