public import Faces
public import Foundation
public import Inference
public import Pixels

/// A mask classifier that a model card describes. Its first output is the probability of a bare face.
///
/// Safe to use from several tasks at once.
public final class ModelMaskEstimator: MaskEstimator {
    private let classifier: ModelFaceClassifier

    /// The model's card, which describes the model and its input.
    public var card: ModelCard { classifier.card }

    /// Loads the weights that `card` names.
    ///
    /// - Parameters:
    ///   - card: The model's card; its task is mask classification.
    ///   - engine: The inference engine.
    ///   - directory: The folder of the weights.
    ///   - configuration: The settings for running the network.
    /// - Throws: `EngineError`; ``EmbedderError`` if the card does not match its weights.
    @available(*, noasync, message: "it blocks its thread: call it in EngineExecutor.run")
    public init(card: ModelCard, engine: Engine, directory: URL, network configuration: NetworkConfiguration) throws {
        classifier = try ModelFaceClassifier(
            card: card, numbers: 3, averagesMirrored: true, engine: engine, directory: directory,
            network: configuration)
    }

    /// Returns the probability that each face wears a mask, correctly or not, 0...1: the mean over the crop and its
    /// mirror image.
    public func maskProbabilities(of faces: [Face], in image: Image) async throws -> [Float] {
        try await classifier.outputs(of: faces, in: image).map { min(max(1 - $0[0], 0), 1) }
    }
}
