public import Pixels

/// Estimates how usable faces are for recognition.
///
/// ```swift
/// let qualities = try await estimator.qualities(of: faces, in: image)
/// let best = zip(faces, qualities).max { $0.1 < $1.1 }?.0
/// ```
public protocol FaceQualityEstimator: Sendable {
    /// The model's card: its weights, input and license.
    var card: ModelCard { get }

    /// Returns how usable each face is: the expected cosine between its embedding and the mean of the person's other
    /// pictures, 0...1.
    ///
    /// - Parameters:
    ///   - faces: The faces of one picture.
    ///   - image: The picture that is embedded: enhanced, if the faces were found in an enhanced one.
    /// - Returns: The qualities in the order of `faces`; `[]` for `[]`.
    /// - Throws: ``FaceError/degenerateLandmarks`` if a face can't be aligned; errors of the engine.
    func qualities(of faces: [Face], in image: Image) async throws -> [Float]
}
