import BenchmarkSupport
import Faces
import Foundation
import Inference
import Pixels
import Recognition

/// The networks that a photograph of 640 × 480 pixels with one face runs through, without anything else: what the
/// engine itself needs.
struct EngineReference {
    private let networks: [(network: Network, input: Tensor)]

    /// Loads the detector, the embedder and every installed network that looks at each face.
    ///
    /// Blocks its thread.
    init(_ setting: Setting, in installation: Installation, threads: Int) throws {
        let engine = try Engine(libraryDirectory: installation.engineDirectory)
        let helpers: Set<ModelCard.Task> = [.maskClassification, .ageClassification, .qualityEstimation]
        let others = try installation.models().map { try $0.card.get() }.filter { helpers.contains($0.task) }
        let named = try [installation.modelName(of: setting.pipeline.detector), setting.pipeline.model]
            .map { try installation.card($0) }
        networks = try (named + others).map { card in
            // A detector of any size sees the whole photograph.
            let height = card.input.height ?? 480, width = card.input.width ?? 640
            let shape = card.input.layout == .nchw ? [1, 3, height, width] : [1, height, width, 3]
            let choice: PrecisionChoice = setting.precision == .f32 ? .exactly(.f32) : .automatic
            let network = try Network(
                engine: engine,
                contentsOf: installation.modelDirectory(card.name).appending(path: card.weights[0].file),
                inputShapes: [shape], configuration: NetworkConfiguration(precision: choice, threads: threads))
            return (network, Tensor(shape: shape, values: Array(repeating: 0.5, count: shape.reduce(1, *))))
        }
    }

    /// Runs every network once and returns the seconds that all took together.
    func run() throws -> Double {
        try networks.reduce(0) { sum, one in sum + (try stopwatch { _ = try one.network.run([one.input]) }) }
    }
}
