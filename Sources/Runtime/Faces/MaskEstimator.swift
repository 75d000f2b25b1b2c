public import Pixels

/// Estimates whether faces wear a mask.
public protocol MaskEstimator: Sendable {
    /// The model's card: its weights, input and license.
    var card: ModelCard { get }

    /// Returns the probability for each face that it wears a mask, correctly or not, 0...1.
    ///
    /// - Parameters:
    ///   - faces: The faces of one picture.
    ///   - image: The picture, not enhanced.
    /// - Returns: The probabilities in the order of `faces`; `[]` for `[]`.
    /// - Throws: ``FaceError/degenerateLandmarks`` if a face can't be aligned; errors of the engine.
    func maskProbabilities(of faces: [Face], in image: Image) async throws -> [Float]
}
