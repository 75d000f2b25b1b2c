public import Pixels

/// Says whether faces wear a mask.
public protocol MaskEstimator: Sendable {
    /// What the model is and how its input is made.
    var card: ModelCard { get }

    /// Returns how likely each face wears a mask, well or badly, 0...1; in the order of `faces`, `[]` for `[]`.
    ///
    /// - Parameters:
    ///   - faces: Faces of one picture.
    ///   - image: The picture, not enhanced.
    /// - Throws: ``FaceError/degenerateLandmarks`` if a face can't be aligned; errors of the engine.
    func maskProbabilities(of faces: [Face], in image: Image) async throws -> [Float]
}
