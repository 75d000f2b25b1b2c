import FaceNetworks
import Faces
import Foundation
import Inference
import Pixels
import TestSupport
import Testing

/// Tests with a network that returns its input: 192 values of the crop, then the context.
@Suite("Networks with a context", .enabled(if: Fixtures.isSetUp, "\(Fixtures.needsSetUp)"))
struct ContextNetworkTests {
    private let faces: [AlignedFace]
    private static let template = AlignmentTemplate.loose(size: 8, margin: 0.3)

    init() throws {
        let golden = try Golden.load()
        faces = try golden.faces.enumerated().map { index, golden in
            var face = try golden.face.aligned(
                in: Image(contentsOf: Fixtures.portrait(golden.image)), to: Self.template)
            face.context.maskProbability = index == 0 ? 0.25 : nil
            return face
        }
    }

    private func embedder(
        averagesMirrored: Bool = false, _ change: (inout ModelCard) -> Void = { _ in }
    ) throws -> ModelEmbedder {
        var card = try JSONDecoder().decode(
            ModelCard.self, from: Data(contentsOf: Fixtures.model("facenet-128", "card.json")))
        card.weights = [ModelCard.Weights(file: "context.onnx", sha256: "", bytes: 0, precisions: ["f32"])]
        card.template = Self.template
        card.dimension = 204
        (card.input.width, card.input.height) = (8, 8)
        (card.input.normalization, card.input.mean, card.input.scale) = (.fixed, [0, 0, 0], [1, 1, 1])
        card.contextVersion = ContextVector.version
        change(&card)
        let file = try #require(
            Bundle.module.url(forResource: "context", withExtension: "onnx", subdirectory: "Golden"))
        return try ModelEmbedder(
            card: card, engine: try Engine(libraryDirectory: Fixtures.engine),
            directory: file.deletingLastPathComponent(), network: NetworkConfiguration(precision: .exactly(.f32)),
            averagesMirrored: averagesMirrored)
    }

    /// Returns the network's expected input, normalized to length 1.
    private func expected(_ face: AlignedFace, context: ContextVector) -> [Float] {
        let pixels = (0..<3).flatMap { channel in
            (0..<64).map { Float(face.image.pixels[$0 * 3 + channel]) }
        }
        let values = pixels + context.values
        let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return values.map { $0 / length }
    }

    @Test("Every face gets its own context, alone and in a partly filled batch", arguments: [2, 7, 11])
    func pairs(count: Int) async throws {
        let chosen = (0..<count).map { faces[$0 % 2] }
        let embeddings = try await embedder().embeddings(of: chosen)
        #expect(embeddings.count == count)
        for (embedding, face) in zip(embeddings, chosen) {
            let expected = expected(face, context: face.context)
            #expect(zip(embedding.values, expected).allSatisfy { abs($0 - $1) < 1e-5 })
        }
        // An unknown mask is represented by a fixed number.
        #expect((embeddings[0].values.last ?? 0) > 0 && (embeddings[1].values.last ?? 0) < 0)
    }

    @Test("A mirrored face gets a mirrored context")
    func mirrored() async throws {
        let face = faces[0]
        let plain = try await embedder().embeddings(of: [face])[0].values
        let both = try await embedder(averagesMirrored: true).embeddings(of: [face])[0].values
        // The values that depend on left and right have opposite signs: yaw (192), roll (194) and the difference of the
        // light (197) cancel out.
        for index in [192, 194, 197] {
            #expect(abs(plain[index]) > 1e-6, "this face has no side, and the test shows nothing")
            #expect(abs(both[index]) < 1e-6)
        }
        #expect(abs(both[193] / plain[193] - both[201] / plain[201]) < 1e-3, "the rest stays as it is")
    }

    @Test("A card whose context contradicts the network is refused")
    func contradictions() {
        #expect(throws: EmbedderError.self) { try embedder { $0.contextVersion = nil } }
        #expect(throws: EmbedderError.self) { try embedder { $0.contextVersion = ContextVector.version + 1 } }
    }
}
