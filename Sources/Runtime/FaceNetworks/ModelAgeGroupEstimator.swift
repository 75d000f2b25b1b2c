public import Faces
public import Foundation
public import Inference
public import Pixels

/// An age classifier that a model card describes. Its only output is the probability of a child.
///
/// Safe to use from several tasks at once.
public final class ModelAgeGroupEstimator: AgeGroupEstimator {
    private let classifier: ModelFaceClassifier

    /// The model's card, which describes the model and its input.
    public var card: ModelCard { classifier.card }

    /// Loads the weights that `card` names.
    ///
    /// - Parameters:
    ///   - card: The model's card; its task is age classification.
    ///   - engine: The inference engine.
    ///   - directory: The folder of the weights.
    ///   - configuration: The settings for running the network.
    /// - Throws: `EngineError`; ``EmbedderError`` if the card does not match its weights.
    @available(*, noasync, message: "it blocks its thread: call it in EngineExecutor.run")
    public init(card: ModelCard, engine: Engine, directory: URL, network configuration: NetworkConfiguration) throws {
        classifier = try ModelFaceClassifier(
            card: card, numbers: 1, averagesMirrored: false, engine: engine, directory: directory,
            network: configuration)
    }

    /// Returns the probability that each person looks at most 13 years old, 0...1.
    public func childProbabilities(of faces: [Face], in image: Image) async throws -> [Float] {
        try await classifier.outputs(of: faces, in: image).map { min(max($0[0], 0), 1) }
    }
}
