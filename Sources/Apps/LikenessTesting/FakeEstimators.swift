public import Faces
public import Pixels

/// A mask estimator for tests. Faces that begin well in the left half of a picture wear masks (0.9), others don't
/// (0.1).
public struct FakeMaskEstimator: MaskEstimator {
    /// The card of a model without weights.
    public let card: ModelCard

    /// Creates an estimator with the given version.
    public init(version: String = "1") {
        card = .fake(name: "fake masks", version: version, task: .maskClassification)
    }

    /// Returns 0.9 for faces that begin more than 20 pixels left of the middle, 0.1 for others.
    public func maskProbabilities(of faces: [Face], in image: Image) async throws -> [Float] {
        faces.map { $0.box.x < Float(image.width) / 2 - 20 ? 0.9 : 0.1 }
    }
}

/// A quality estimator for tests. The quality is the width of the face divided by 100 pixels, at most 1.
public struct FakeQualityEstimator: FaceQualityEstimator {
    /// The card of a model without weights.
    public let card: ModelCard

    /// Creates an estimator with the given version.
    public init(version: String = "1") {
        card = .fake(name: "fake quality", version: version, task: .qualityEstimation)
    }

    /// Returns the width of each face divided by 100 pixels, at most 1.
    public func qualities(of faces: [Face], in image: Image) async throws -> [Float] {
        faces.map { min($0.box.width / 100, 1) }
    }
}

/// An age estimator for tests. Faces narrower than 30 pixels are those of children (0.75), others are not (0.125).
public struct FakeAgeGroupEstimator: AgeGroupEstimator {
    /// The card of a model without weights.
    public let card: ModelCard

    /// Creates an estimator with the given version.
    public init(version: String = "1") {
        card = .fake(name: "fake ages", version: version, task: .ageClassification)
    }

    /// Returns 0.75 for faces narrower than 30 pixels, 0.125 for others.
    public func childProbabilities(of faces: [Face], in image: Image) async throws -> [Float] {
        faces.map { $0.box.width < 30 ? 0.75 : 0.125 }
    }
}
