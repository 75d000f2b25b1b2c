import Faces
import Foundation
import Inference
import LikenessSupport
import Pixels
import TestSupport
import Testing

@testable import FaceNetworks

private let isInstalled = FileManager.default.fileExists(atPath: Fixtures.model("face-quality", "card.json").path)

@Suite("The quality of faces", .enabled(if: isInstalled, Comment(rawValue: Fixtures.needsSetUp)))
struct ModelFaceQualityEstimatorTests {
    private let estimator: ModelFaceQualityEstimator
    private let image: Image
    private let face: Face

    init() throws {
        let card = try JSONDecoder().decode(
            ModelCard.self, from: Data(contentsOf: Fixtures.model("face-quality", "card.json")))
        estimator = try ModelFaceQualityEstimator(
            card: card, engine: Engine(libraryDirectory: Fixtures.engine),
            directory: Fixtures.model("face-quality").deletingLastPathComponent(),
            network: NetworkConfiguration(precision: .exactly(.f32)))
        image = try Image(contentsOf: Fixtures.portrait("obama.jpg"))
        // The face that YuNet finds in it.
        face = Face(
            box: Box(x: 370.5, y: 90.5, width: 241.3, height: 329.7), confidence: 0.9,
            landmarks: Landmarks(
                points: [(439, 214), (555, 214), (496, 268), (440, 318), (547, 320)].map { Point(x: $0.0, y: $0.1) }))
    }

    private func quality(_ image: Image, _ face: Face) async throws -> Float {
        try #require(try await estimator.qualities(of: [face], in: image).first)
    }

    @Test("A portrait is usable, at every size; it becomes less so, step by step, if its detail is removed")
    func detail() async throws {
        let plain = try await quality(image, face)
        #expect((0.5...1).contains(plain))
        var before = plain
        for divisor in [2, 4, 8, 12, 16, 24, 32] {
            let width = image.width / divisor, height = image.height / divisor
            let small = image.resized(width: width, height: height)
            let scale = Float(width) / Float(image.width)
            let there = Face(
                box: Box(
                    x: face.box.x * scale, y: face.box.y * scale, width: face.box.width * scale,
                    height: face.box.height * scale), confidence: 0.9,
                landmarks: face.landmarks.mapped { Point(x: $0.x * scale, y: $0.y * scale) })
            let now = try await quality(small, there)
            #expect(now < before + 0.05, "1/\(divisor) of the size: \(now) after \(before)")
            before = now
        }
        #expect(before < plain - 0.2)
    }

    @Test("Landmarks in wrong places make a face less usable")
    func misplaced() async throws {
        let plain = try await quality(image, face)
        for (dx, dy) in [(80, 0), (-80, 0), (0, 80), (0, -80)] as [(Float, Float)] {
            var moved = face
            moved.landmarks = face.landmarks.mapped { Point(x: $0.x + dx, y: $0.y + dy) }
            #expect(try await quality(image, moved) < plain - 0.1, "\(dx), \(dy)")
        }
    }

    @Test("Pictures without a face have low qualities, always from 0 to 1", arguments: 1...30 as ClosedRange<UInt64>)
    func noise(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let side = 1 + random.index(below: 300), step = 1 + random.index(below: 40)
        let blocks = side / step + 1
        let colors = (0..<blocks * blocks * 3).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        var pixels: [UInt8] = []
        for y in 0..<side {
            for x in 0..<side { for c in 0..<3 { pixels.append(colors[((y / step) * blocks + x / step) * 3 + c]) } }
        }
        let picture = Image(width: side, height: side, pixels: pixels)
        let points = AlignmentTemplate.arcface(size: max(side, 2)).referencePoints ?? []
        let there = Face(
            box: Box(x: 0, y: 0, width: Float(side), height: Float(side)), confidence: 0.9,
            landmarks: Landmarks(points: points))
        #expect((0..<0.45).contains(try await quality(picture, there)))
    }

    @Test("No faces give no qualities; a face whose landmarks coincide can't be aligned")
    func nobody() async throws {
        #expect(try await estimator.qualities(of: [], in: image).isEmpty)
        let point = Face(
            box: face.box, confidence: 0.9,
            landmarks: Landmarks(points: Array(repeating: Point(x: 5, y: 5), count: 5)))
        await #expect(throws: FaceError.degenerateLandmarks) {
            try await estimator.qualities(of: [point], in: image)
        }
    }
}
