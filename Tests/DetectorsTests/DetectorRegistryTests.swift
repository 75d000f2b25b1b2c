import Inference
import TestSupport
import Testing

@testable import Detectors

@Suite("Detectors that model cards can name")
struct DetectorRegistryTests {
    @Test("Every decoder has a distinct name")
    func names() {
        #expect(DetectorRegistry.types.map { $0.decoder } == ["yunet", "mtcnn", "retinaface"])
    }

    @Test(
        "A network with output sizes that the decoder does not expect is an error, not a crash",
        .enabled(if: Fixtures.isSetUp, "\(Fixtures.needsSetUp)"))
    func otherSizes() throws {
        // YuNet's scores at 8 × 8 positions, but the decoder expects more or fewer.
        let networks = try ShapedNetworks(
            engine: Engine(libraryDirectory: Fixtures.engine), contentsOf: Fixtures.model("yunet"), capacity: 1)
        let shape = [1, 3, 64, 64]
        for count in [63, 65, 0] {
            #expect(throws: DetectorError.wrongOutput("cls_8", expected: count, found: 64)) {
                try networks.network(for: shape).run(shape: shape) {
                    $0.update(repeating: 0)
                } read: { outputs in
                    _ = try outputs.numbers("cls_8", count: count)
                }
            }
        }
    }

    @Test("The number of anchors equals the number that the loop visits", arguments: [(64, 64), (320, 96), (640, 480)])
    func anchors(width: Int, height: Int) {
        let grid = AnchorGrid(width: width, height: height)
        var count = 0
        grid.forEach { _, _ in count += 1 }
        #expect(count == grid.count)
    }
}
