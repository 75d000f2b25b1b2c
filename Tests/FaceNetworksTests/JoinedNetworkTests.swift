import FaceNetworks
import Faces
import Foundation
import Inference
import Pixels
import TestSupport
import Testing

/// `likeness-precise`, which set-up joins from two networks, computes what the two and the fusion give.
@Suite("The joined network", .enabled(if: Fixtures.isSetUp, "\(Fixtures.needsSetUp)"))
struct JoinedNetworkTests {
    private let engine: Engine
    private let configuration = NetworkConfiguration(precision: .exactly(.f32))

    init() throws { engine = try Engine(libraryDirectory: Fixtures.engine) }

    /// Returns the first output of a network for inputs with these shapes and values.
    private func output(of file: URL, _ inputs: Tensor...) throws -> [Float] {
        let network = try Network(
            engine: engine, contentsOf: file, inputShapes: inputs.map(\.shape), configuration: configuration)
        return try network.run(inputs)[0].values
    }

    /// Returns the embedding of `likeness-light` before and after the mean of similar faces is subtracted.
    private func light(_ crop: Tensor) throws -> (uncentered: [Float], centered: [Float]) {
        let network = try Network(
            engine: engine, contentsOf: Fixtures.model("likeness-light"), exposing: ["uncentered"],
            inputShapes: [crop.shape], configuration: configuration)
        let outputs = try network.run([crop])
        return (outputs[1].values, outputs[0].values)
    }

    /// Returns a crop of `side` pixels, with the channels one after another, as an input.
    private func crop(_ side: Int, _ values: [Float]) -> Tensor { Tensor(shape: [1, 3, side, side], values: values) }

    private func context(_ values: [Float]) -> Tensor { Tensor(shape: [1, values.count], values: values) }

    private func unit(_ values: [Float]) -> [Float] {
        let length = values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        return values.map { Float(Double($0) / length) }
    }

    /// Returns the crop at `side` pixels: each value is interpolated between the four nearest pixels' middles.
    private func resized(_ image: Image, to side: Int) -> [Float] {
        let scale = Float(image.width) / Float(side)
        func place(_ index: Int) -> (first: Int, second: Int, share: Float) {
            let x = max((Float(index) + 0.5) * scale - 0.5, 0)
            let first = min(Int(x), image.width - 1)
            return (first, min(first + 1, image.width - 1), x - Float(first))
        }
        var values: [Float] = []
        for channel in 0..<3 {
            func pixel(_ x: Int, _ y: Int) -> Float { Float(image.pixels[(y * image.width + x) * 3 + channel]) }
            for row in 0..<side {
                let y = place(row)
                for column in 0..<side {
                    let x = place(column)
                    let upper = pixel(x.first, y.first) * (1 - x.share) + pixel(x.second, y.first) * x.share
                    let lower = pixel(x.first, y.second) * (1 - x.share) + pixel(x.second, y.second) * x.share
                    values.append(upper * (1 - y.share) + lower * y.share)
                }
            }
        }
        return values
    }

    private func whitened(_ values: [Float]) -> [Float] {
        let mean = values.reduce(0.0) { $0 + Double($1) } / Double(values.count)
        let variance = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(values.count)
        return values.map { Float((Double($0) - mean) / variance.squareRoot()) }
    }

    private func embedder() throws -> ModelEmbedder {
        let card = try JSONDecoder().decode(
            ModelCard.self, from: Data(contentsOf: Fixtures.model("likeness-precise", "card.json")))
        return try ModelEmbedder(
            card: card, engine: engine, directory: Fixtures.model("likeness-precise").deletingLastPathComponent(),
            network: configuration)
    }

    @Test("The embedding is the fusion of both networks' embeddings and the context", arguments: [0, 1])
    func embedding(place: Int) async throws {
        let golden = try Golden.load().faces[place]
        let face = try golden.face.aligned(
            in: Image(contentsOf: Fixtures.portrait(golden.image)), to: .arcface(size: 224))
        // At half the size, bilinear interpolation is the mean of each square of four pixels.
        let halved = resized(face.image, to: 112).map { ($0 - 127.5) / 128 }
        // The fusion centers both embeddings itself.
        let light = try light(crop(112, halved)).uncentered
        let facenet = try output(
            of: Fixtures.model("facenet-masked"), crop(160, whitened(resized(face.image, to: 160))))
        let fusion = Fixtures.root.appending(path: "Models/likeness-precise.fusion.onnx")
        let expected = unit(
            try output(
                of: fusion, Tensor(shape: [1, 256], values: light + facenet), context(face.context.values)))
        let embedding = try await embedder().embeddings(of: [face])[0]
        let similarity = zip(embedding.values, expected).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(similarity > 0.9999, "\(similarity)")
    }

    @Test("likeness-light subtracts the mean of similar faces", arguments: [0, 1])
    func centering(place: Int) async throws {
        let golden = try Golden.load().faces[place]
        let face = try golden.face.aligned(
            in: Image(contentsOf: Fixtures.portrait(golden.image)), to: .arcface(size: 112))
        let (uncentered, centered) = try light(crop(112, resized(face.image, to: 112).map { ($0 - 127.5) / 128 }))
        let part = Fixtures.root.appending(path: "Models/likeness-light.centering.onnx")
        let expected = try output(of: part, Tensor(shape: [1, 128], values: uncentered))
        #expect(zip(centered, expected).allSatisfy { abs($0 - $1) < 1e-4 })
        let similarity = zip(unit(uncentered), unit(centered)).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(similarity < 0.999, "something was subtracted")
    }

    @Test("The less sharp the face is, the less FaceNet counts: the embedding depends on the context")
    func dependsOnContext() async throws {
        let golden = try Golden.load().faces[0]
        let face = try golden.face.aligned(
            in: Image(contentsOf: Fixtures.portrait(golden.image)), to: .arcface(size: 224))
        var blurred = face
        blurred.context.sharpness = 0.5
        let embeddings = try await embedder().embeddings(of: [face, blurred])
        let similarity = zip(embeddings[0].values, embeddings[1].values).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(similarity > 0.8 && similarity < 0.9999, "\(similarity)")
    }

    @Test("A crop of one color has an embedding, whatever the context is")
    func oneColor() async throws {
        let side = 224
        let gray = [Float](repeating: -0.5 / 128, count: 3 * side * side)
        for value in [-1, 0, 1e6] as [Float] {
            let values = try output(
                of: Fixtures.model("likeness-precise"), crop(side, gray), context(Array(repeating: value, count: 12)))
            #expect(values.count == 128 && values.allSatisfy(\.isFinite))
        }
    }
}
