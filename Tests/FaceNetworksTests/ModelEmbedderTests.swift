import FaceNetworks
import Faces
import Foundation
import Inference
import Pixels
import TestSupport
import Testing

@Suite("Embedding networks", .enabled(if: Fixtures.isSetUp, "\(Fixtures.needsSetUp)"))
struct ModelEmbedderTests {
    private let golden: Golden

    init() throws { golden = try Golden.load() }

    private func embedder(
        _ name: String, precision: PrecisionChoice = .exactly(.f32), averagesMirrored: Bool = false,
        template: AlignmentTemplate? = nil
    ) throws -> ModelEmbedder {
        var card = try card(name)
        card.template = template ?? card.template
        return try ModelEmbedder(
            card: card, engine: try Engine(libraryDirectory: Fixtures.engine),
            directory: Fixtures.model(name).deletingLastPathComponent(),
            network: NetworkConfiguration(precision: precision), averagesMirrored: averagesMirrored)
    }

    private func card(_ name: String) throws -> ModelCard {
        try JSONDecoder().decode(ModelCard.self, from: Data(contentsOf: Fixtures.model(name, "card.json")))
    }

    /// Returns the golden faces aligned to `template`.
    private func aligned(to template: AlignmentTemplate?) throws -> [AlignedFace] {
        let template = try #require(template)
        return try golden.faces.map { golden in
            try golden.face.aligned(in: Image(contentsOf: Fixtures.portrait(golden.image)), to: template)
        }
    }

    @Test("Embeddings equal those of other runtimes", arguments: ["sface", "facenet-128"])
    func agreesWithOthers(name: String) async throws {
        // FaceNet's golden crops are boxes, whichever template its card has.
        let template = name == "sface" ? nil : AlignmentTemplate.box(size: 160, margin: 0.3)
        let embedder = try embedder(name, template: template)
        #expect(embedder.precision == "f32")
        let embeddings = try await embedder.embeddings(of: aligned(to: embedder.card.template))
        for (embedding, golden) in zip(embeddings, golden.faces) {
            let expected = try Embedding(
                normalizing: try #require(golden.embeddings[name]), model: embedder.card.identity)
            // The warps round differently, by one gray level in some places.
            #expect(try embedding.similarity(to: expected) > 0.999)
        }
    }

    @Test("Batches, also partly filled ones, give the same as single faces; no faces give no embeddings")
    func batches() async throws {
        let embedder = try embedder("sface")
        let two = try aligned(to: embedder.card.template)
        // Eight; eight plus three single ones; eight plus seven of eight.
        for count in [8, 11, 15] {
            let faces = (0..<count).map { two[$0 % 2] }
            let together = try await embedder.embeddings(of: faces)
            #expect(together.count == count)
            for (index, embedding) in together.enumerated() {
                let alone = try #require(try await embedder.embeddings(of: [faces[index]]).first)
                #expect(try embedding.similarity(to: alone) > 0.99999)
                #expect(embedding.model == embedder.card.identity && embedding.values.count == 128)
            }
            #expect(try together[0].similarity(to: together[1]) < 0.5, "in the order of the faces")
        }
        #expect(try await embedder.embeddings(of: []).isEmpty)
    }

    @Test("bf16 is close to f32", arguments: ["sface", "facenet-128"])
    func precisions(name: String) async throws {
        let engine = try await EngineExecutor.run { try Engine(libraryDirectory: Fixtures.engine) }
        guard engine.supportedPrecisions.contains(.bf16) else { return }
        let (exact, short) = (try embedder(name), try embedder(name, precision: .exactly(.bf16)))
        #expect(short.precision == "bf16")
        let faces = try aligned(to: exact.card.template)
        let pairs = zip(try await exact.embeddings(of: faces), try await short.embeddings(of: faces))
        for (a, b) in pairs { #expect(try a.similarity(to: b) > 0.998) }
    }

    @Test(
        "The models that set-up quantizes are close to the original ones",
        arguments: ["likeness-light", "likeness-precise"])
    func quantized(name: String) async throws {
        let (exact, short) = (try embedder(name), try embedder("\(name)-int8", precision: .automatic))
        #expect(short.precision == "int8")
        let faces = try aligned(to: exact.card.template)
        let pairs = zip(try await exact.embeddings(of: faces), try await short.embeddings(of: faces))
        for (a, b) in pairs {
            // Embeddings of two models can't be compared as such.
            #expect(zip(a.values, b.values).reduce(0) { $0 + $1.0 * $1.1 } > 0.97)
            #expect(a.model != b.model)
        }
    }

    @Test("The mirrored average is symmetric, close to the plain embedding, and different from it")
    func mirroredAverage() async throws {
        let plain = try embedder("sface"), averaging = try embedder("sface", averagesMirrored: true)
        let faces = try aligned(to: plain.card.template)
        let pairs = zip(try await plain.embeddings(of: faces), try await averaging.embeddings(of: faces))
        for (a, b) in pairs {
            let similarity = try a.similarity(to: b)
            #expect(similarity > 0.8 && similarity < 0.9999)
        }
    }

    @Test("A face aligned for another model is refused")
    func templates() async throws {
        let embedder = try embedder("sface")
        let other = AlignmentTemplate.loose(size: 112, margin: 0.3)
        let faces = try aligned(to: other)
        await #expect(throws: FaceError.templateMismatch(expected: .arcface(size: 112), found: other)) {
            try await embedder.embeddings(of: faces)
        }
    }

    @Test("An invalid card is refused")
    func contradictions() throws {
        let engine = try Engine(libraryDirectory: Fixtures.engine)
        func load(_ change: (inout ModelCard) -> Void) throws -> ModelEmbedder {
            var card = try card("sface")
            change(&card)
            return try ModelEmbedder(
                card: card, engine: engine, directory: Fixtures.model("sface").deletingLastPathComponent(),
                network: NetworkConfiguration(precision: .exactly(.f32)))
        }
        #expect(throws: EmbedderError.notAnEmbedder("sface")) { try load { $0.template = nil } }
        #expect(throws: EmbedderError.notAnEmbedder("sface")) { try load { $0.dimension = nil } }
        #expect(throws: EmbedderError.notAnEmbedder("sface")) { try load { $0.weights = [] } }
        #expect(throws: EmbedderError.self) { try load { $0.template = .arcface(size: 160) } }
        #expect(throws: EmbedderError.self) { try load { $0.dimension = 512 } }
    }
}

/// The faces of the portraits, with the embeddings of other runtimes.
struct Golden: Decodable {
    struct Entry: Decodable {
        let image: String
        let box: [Float]
        let landmarks: [[Float]]
        let embeddings: [String: [Float]]

        var face: Face {
            Face(
                box: Box(x: box[0], y: box[1], width: box[2], height: box[3]), confidence: 1,
                landmarks: Landmarks(points: landmarks.map { Point(x: $0[0], y: $0[1]) }))
        }
    }

    let faces: [Entry]

    static func load() throws -> Golden {
        let file = try #require(
            Bundle.module.url(forResource: "embeddings", withExtension: "json", subdirectory: "Golden"))
        return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
    }
}
