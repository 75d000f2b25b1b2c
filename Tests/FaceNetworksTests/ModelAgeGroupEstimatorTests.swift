import Faces
import Foundation
import Inference
import Pixels
import TestSupport
import Testing

@testable import FaceNetworks

private func isInstalled(_ model: String) -> Bool {
    FileManager.default.fileExists(atPath: Fixtures.model(model, "card.json").path)
}

private func ageEstimator(_ model: String) throws -> ModelAgeGroupEstimator {
    let card = try JSONDecoder().decode(ModelCard.self, from: Data(contentsOf: Fixtures.model(model, "card.json")))
    return try ModelAgeGroupEstimator(
        card: card, engine: Engine(libraryDirectory: Fixtures.engine),
        directory: Fixtures.model(model).deletingLastPathComponent(),
        network: NetworkConfiguration(precision: .exactly(.f32)))
}

@Suite(
    "Classification of children", .enabled(if: isInstalled("age-classifier"), Comment(rawValue: Fixtures.needsSetUp)))
struct ModelAgeGroupEstimatorTests {
    private let estimator: ModelAgeGroupEstimator
    private let image: Image
    private let face: Face

    init() throws {
        estimator = try ageEstimator("age-classifier")
        image = try Image(contentsOf: Fixtures.portrait("obama.jpg"))
        // The face that YuNet finds in it.
        face = Face(
            box: Box(x: 370.5, y: 90.5, width: 241.3, height: 329.7), confidence: 0.9,
            landmarks: Landmarks(
                points: [(439, 214), (555, 214), (496, 268), (440, 318), (547, 320)].map { Point(x: $0.0, y: $0.1) }))
    }

    @Test("An adult has a low probability, even in a face of a few pixels")
    func adult() async throws {
        let probabilities = try await estimator.childProbabilities(of: [face, face], in: image)
        #expect(probabilities.count == 2 && probabilities[0] == probabilities[1])
        #expect((0..<0.1).contains(probabilities[0]))
        let scale: Float = 1 / 8
        let small = image.resized(width: image.width / 8, height: image.height / 8)
        let there = Face(
            box: Box(x: 46.3, y: 11.3, width: 30.2, height: 41.2), confidence: 0.9,
            landmarks: face.landmarks.mapped { Point(x: $0.x * scale, y: $0.y * scale) })
        #expect(try await estimator.childProbabilities(of: [there], in: small)[0] < 0.5)
    }

    @Test("No faces give no probabilities")
    func nobody() async throws { #expect(try await estimator.childProbabilities(of: [], in: image).isEmpty) }

    @Test("A face whose landmarks coincide can't be aligned")
    func degenerate() async throws {
        let point = Face(
            box: face.box, confidence: 0.9,
            landmarks: Landmarks(points: Array(repeating: Point(x: 5, y: 5), count: 5)))
        await #expect(throws: FaceError.degenerateLandmarks) {
            try await estimator.childProbabilities(of: [point], in: image)
        }
    }
}

@Suite(
    "A network for another task",
    .enabled(if: isInstalled("mask-classifier"), Comment(rawValue: Fixtures.needsSetUp)))
struct OtherClassifierTests {
    @Test("Other models are not age classifiers")
    func masks() {
        #expect(
            throws: EmbedderError.contradiction("mask-classifier", "its network does not return one number per face")
        ) {
            _ = try ageEstimator("mask-classifier")
        }
    }
}
