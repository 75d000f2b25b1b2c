import FaceNetworks
import Faces
import Foundation
import Inference
import Pixels
import TestSupport
import Testing

/// `likeness-precise`, which set-up joins from two networks, computes what the two and the principal components give.
@Suite("The joined network", .enabled(if: Fixtures.isSetUp, "\(Fixtures.needsSetUp)"))
struct JoinedNetworkTests {
    private struct Components: Decodable {
        let mean: [Float]
        let components: [[Float]]
    }

    private let engine: Engine
    private let configuration = NetworkConfiguration(precision: .exactly(.f32))

    init() throws { engine = try Engine(libraryDirectory: Fixtures.engine) }

    /// Returns the first output of a network for one crop of `side` pixels, with the channels one after another.
    private func output(of model: String, _ side: Int, _ values: [Float]) throws -> [Float] {
        let network = try Network(
            engine: engine, contentsOf: Fixtures.model(model), inputShapes: [[1, 3, side, side]],
            configuration: configuration)
        return try network.run(Tensor(shape: [1, 3, side, side], values: values))[0].values
    }

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

    @Test("The embedding is that of both networks, joined and brought to 128 numbers", arguments: [0, 1])
    func embedding(place: Int) async throws {
        let golden = try Golden.load().faces[place]
        let face = try golden.face.aligned(
            in: Image(contentsOf: Fixtures.portrait(golden.image)), to: .arcface(size: 224))
        // At half the size, bilinear interpolation is the mean of each square of four pixels.
        let sface = unit(try output(of: "sface", 112, resized(face.image, to: 112)))
        let facenet = unit(try output(of: "facenet-masked", 160, whitened(resized(face.image, to: 160))))
        let joined = unit(sface + facenet)
        let fitted = try JSONDecoder().decode(
            Components.self,
            from: Data(contentsOf: Fixtures.root.appending(path: "Models/likeness-precise.components.jsonl")))
        let expected = unit(
            fitted.components.map { component in
                zip(zip(joined, fitted.mean), component).reduce(0) { $0 + ($1.0.0 - $1.0.1) * $1.1 }
            })
        let embedding = try await embedder().embeddings(of: [face])[0]
        let similarity = zip(embedding.values, expected).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(similarity > 0.9999, "\(similarity)")
    }

    @Test("A crop of one color has an embedding")
    func oneColor() async throws {
        let side = 224
        let gray = Image(width: side, height: side, pixels: Array(repeating: 127, count: side * side * 3))
        let values = try output(
            of: "likeness-precise", side, gray.pixels.map { (Float($0) - 127.5) / 128 })
        #expect(values.count == 128 && values.allSatisfy(\.isFinite))
    }
}
