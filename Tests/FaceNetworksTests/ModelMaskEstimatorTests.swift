import Faces
import Foundation
import Inference
import Pixels
import TestSupport
import Testing

@testable import FaceNetworks

@Suite(
    "Estimation of masks",
    .enabled(
        if: FileManager.default.fileExists(atPath: Fixtures.model("mask-classifier", "card.json").path),
        Comment(rawValue: Fixtures.needsSetUp)))
struct ModelMaskEstimatorTests {
    private let estimator: ModelMaskEstimator
    private let image: Image
    private let face: Face

    init() throws {
        let card = try JSONDecoder().decode(
            ModelCard.self, from: Data(contentsOf: Fixtures.model("mask-classifier", "card.json")))
        let engine = try Engine(libraryDirectory: Fixtures.engine)
        estimator = try ModelMaskEstimator(
            card: card, engine: engine,
            directory: Fixtures.model("mask-classifier").deletingLastPathComponent(),
            network: NetworkConfiguration(precision: .exactly(.f32)))
        image = try Image(contentsOf: Fixtures.portrait("obama.jpg"))
        // The face that YuNet finds in it.
        face = Face(
            box: Box(x: 370.5, y: 90.5, width: 241.3, height: 329.7), confidence: 0.9,
            landmarks: Landmarks(
                points: [(439, 214), (555, 214), (496, 268), (440, 318), (547, 320)].map { Point(x: $0.0, y: $0.1) }))
    }

    @Test("A bare face has a low probability, and with its lower half covered a high one")
    func bareAndCovered() async throws {
        let bare = try await estimator.maskProbabilities(of: [face], in: image)
        #expect(bare.count == 1 && bare[0] < 0.3)
        var pixels = image.pixels
        for y in 262..<425 {
            for x in 380..<605 {
                for (channel, value) in [UInt8(170), 200, 225].enumerated() {
                    pixels[(y * image.width + x) * 3 + channel] = value
                }
            }
        }
        let covered = Image(width: image.width, height: image.height, pixels: pixels)
        #expect(try await estimator.maskProbabilities(of: [face], in: covered)[0] > 0.5)
    }

    @Test("No faces give no probabilities")
    func nobody() async throws { #expect(try await estimator.maskProbabilities(of: [], in: image).isEmpty) }
}
