import Inference
import TestSupport
import Testing

@testable import Detectors

@Suite("Detectors that model cards can name")
struct DetectorRegistryTests {
    @Test("Every decoder has a name of its own")
    func names() {
        #expect(DetectorRegistry.types.map { $0.decoder } == ["yunet", "mtcnn", "retinaface"])
    }

    @Test(
        "A network whose outputs have other sizes than the decoder reads is an error, and no crash",
        .enabled(if: Fixtures.isSetUp, "\(Fixtures.needsSetUp)"))
    func otherSizes() throws {
        // YuNet's scores of 8 × 8 places, where somebody expects more or fewer.
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

    @Test("As many anchors as are walked through", arguments: [(64, 64), (320, 96), (640, 480)])
    func anchors(width: Int, height: Int) {
        let grid = AnchorGrid(width: width, height: height)
        var count = 0
        grid.forEach { _, _ in count += 1 }
        #expect(count == grid.count)
    }
}
