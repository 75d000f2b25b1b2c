public import Faces
public import Foundation
public import Inference
public import Pixels

/// A network for the quality of faces that a model card describes. Its only output is the quality.
///
/// Safe to use from several tasks at once.
public final class ModelFaceQualityEstimator: FaceQualityEstimator {
    private let network: ModelFaceClassifier

    /// The model's card, which describes the model and its input.
    public var card: ModelCard { network.card }

    /// Loads the weights that `card` names.
    ///
    /// - Parameters:
    ///   - card: The model's card; its task is quality estimation.
    ///   - engine: The inference engine.
    ///   - directory: The folder of the weights.
    ///   - configuration: The settings for running the network.
    /// - Throws: `EngineError`; ``EmbedderError`` if the card does not match its weights.
    @available(*, noasync, message: "it blocks its thread: call it in EngineExecutor.run")
    public init(card: ModelCard, engine: Engine, directory: URL, network configuration: NetworkConfiguration) throws {
        network = try ModelFaceClassifier(
            card: card, numbers: 1, averagesMirrored: false, engine: engine, directory: directory,
            network: configuration)
    }

    /// Returns how usable each face is, 0...1.
    public func qualities(of faces: [Face], in image: Image) async throws -> [Float] {
        try await network.outputs(of: faces, in: image).map { min(max($0[0], 0), 1) }
    }
}
