import Foundation
import Inference
import Networks
import Pixels
import Tensors
import TestSupport

import class Tensors.Tensor

/// The location of the training engine, and the reason for skipping a test without it.
enum Engines {
    static let library = Fixtures.dependencies.appending(path: "torch/lib/\(TrainingEngine.fileName)")
    static let isThere = FileManager.default.fileExists(atPath: library.path)
    static let reason: String = "needs the training engine: run scripts/setup --training"

    static func open() throws { try TrainingEngine.open(library: library) }
}

/// A tensor in the golden files.
struct StoredTensor: Decodable {
    let shape: [Int]
    let values: [Float]

    var tensor: Tensor { Tensor(values, shape: shape) }
}

/// The results of another implementation for weights and inputs.
struct GoldenCase: Decodable {
    let weights: [String: StoredTensor]
    let inputs: [StoredTensor]
    let output: StoredTensor

    static func named(_ name: String) throws -> GoldenCase {
        guard let url = Bundle.module.url(forResource: "Golden/modules", withExtension: "json") else {
            throw CocoaError(.fileNoSuchFile)
        }
        let cases = try JSONDecoder().decode([String: GoldenCase].self, from: Data(contentsOf: url))
        guard let found = cases[name] else { throw CocoaError(.fileReadCorruptFile) }
        return found
    }

    /// The case's weights, all of which a module must use.
    var store: ParameterStore { ParameterStore(weights.mapValues(\.tensor)) }

    /// Returns the largest difference of any number.
    func difference(from result: Tensor) -> Float {
        guard result.shape == output.shape else { return .infinity }
        return zip(result.floats, output.values).map { abs($0 - $1) }.max() ?? .infinity
    }
}

/// Returns the cosine of the angle between each row of `a` and the same row of `b`.
func cosines(_ a: [Float], _ b: [Float], dimension: Int = 128) -> [Float] {
    stride(from: 0, to: a.count, by: dimension).map { start in
        let (p, q) = (a[start..<start + dimension], b[start..<start + dimension])
        let dot = zip(p, q).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        func length(_ v: ArraySlice<Float>) -> Double { v.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot() }
        return Float(dot / (length(p) * length(q)))
    }
}

/// Returns the centers of portraits at 160×160, whitened, in planes for the networks.
func portraits() throws -> (values: [Float], count: Int) {
    let names = ["obama.jpg", "obama2.jpg", "biden.jpg"]
    var values: [Float] = []
    for name in names {
        let image = try Image(contentsOf: Fixtures.portrait(name)).resized(width: 160, height: 160)
        let pixels = image.pixels.map(Float.init)
        let mean = pixels.reduce(0, +) / Float(pixels.count)
        let variance = pixels.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(pixels.count)
        for channel in 0..<3 {
            values += stride(from: channel, to: pixels.count, by: 3).map { (pixels[$0] - mean) / variance.squareRoot() }
        }
    }
    return (values, names.count)
}

/// Runs an ONNX file with the inference engine.
func run(_ url: URL, _ inputs: [Inference.Tensor], precision: Precision) throws -> [Float] {
    var configuration = NetworkConfiguration()
    configuration.precision = .exactly(precision)
    let engine = try Engine(libraryDirectory: Fixtures.engine)
    let network = try Network(engine: engine, contentsOf: url, configuration: configuration)
    return try network.run(inputs)[0].values
}
