public import Pixels

/// Says whether faces look like children's.
public protocol AgeGroupEstimator: Sendable {
    /// What the model is and how its input is made.
    var card: ModelCard { get }

    /// Returns how likely each person looks at most 13 years old, 0...1; in the order of `faces`, `[]` for `[]`.
    ///
    /// - Parameters:
    ///   - faces: Faces of one picture.
    ///   - image: The picture, not enhanced.
    /// - Throws: ``FaceError/degenerateLandmarks`` if a face can't be aligned; errors of the engine.
    func childProbabilities(of faces: [Face], in image: Image) async throws -> [Float]
}
