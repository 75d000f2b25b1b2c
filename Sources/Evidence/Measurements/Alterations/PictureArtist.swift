public import Augmentation
public import FaceNetworks
public import Faces
import Inference
import LikenessSupport
public import Pixels

/// An altered picture.
public struct AlteredPicture: Sendable {
    /// The picture afterwards.
    public let image: Image
    /// The positions of the landmarks in it.
    public let landmarks: [Landmarks]
    /// The alterations, in words; empty if there are none.
    public let steps: [String]
}

/// A way to alter pictures.
public protocol PictureArtist: Sendable {
    /// Returns an altered picture, which is the same for the same arguments.
    ///
    /// - Parameters:
    ///   - image: The picture.
    ///   - faces: Its faces.
    ///   - picture: The index of the picture in the batch, from 0.
    ///   - variant: The number of the altered version of this picture, from 0.
    func altered(_ image: Image, faces: [Face], picture: Int, variant: Int) async throws -> AlteredPicture
}

/// An artist that draws covers, and alters pictures according to a policy.
public struct FaceArtist: PictureArtist {
    private let policy: AugmentationPolicy
    private let covers: CoverSet
    private let seed: UInt64

    /// Creates an artist.
    ///
    /// - Parameters:
    ///   - policy: The alterations and their probabilities.
    ///   - covers: The covers to draw on faces.
    ///   - seed: The seed of the random choices.
    public init(policy: AugmentationPolicy, covers: CoverSet, seed: UInt64) {
        (self.policy, self.covers, self.seed) = (policy, covers, seed)
    }

    /// Draws covers on all faces, and alters the picture according to the policy.
    public func altered(_ image: Image, faces: [Face], picture: Int, variant: Int) async throws -> AlteredPicture {
        var generator = SeededGenerator(seed: seed).split(picture).split(variant)
        let plan = policy.plan(seed: generator.next(), covers: covers)
        let result = try plan.applied(to: image, faces: faces.map(\.landmarks))
        return AlteredPicture(image: result.image, landmarks: result.landmarks, steps: plan.steps(onFaces: faces.count))
    }
}

/// The task of a generator.
public enum GeneratorDirection: String, CaseIterable, Sendable {
    /// Removes masks.
    case unmask
    /// Adds masks.
    case mask

    /// The name of the installed model.
    public var model: String { "\(rawValue)-gan" }
}

/// An artist that lets a generator alter every face.
public struct GenerativeArtist: PictureArtist {
    private let translator: ModelFaceTranslator
    private let covers: CoverSet
    private let seed: UInt64

    /// Creates an artist.
    ///
    /// - Parameters:
    ///   - translator: The generator.
    ///   - covers: The covers that determine the look of the generated masks, if the generator takes a look as input.
    ///   - seed: The seed for the choice of looks.
    public init(translator: ModelFaceTranslator, covers: CoverSet, seed: UInt64) {
        (self.translator, self.covers, self.seed) = (translator, covers, seed)
    }

    /// Alters all faces with the generator.
    public func altered(_ image: Image, faces: [Face], picture: Int, variant: Int) async throws -> AlteredPicture {
        let generator = SeededGenerator(seed: seed).split(picture).split(variant)
        let result = try await EngineExecutor.run {
            try faces.enumerated().reduce(image) { result, face in
                var numbers = generator.split(face.offset)
                let look =
                    translator.takesLook
                    ? try translator.look(drawnOn: face.element, in: image, covers: covers, seed: numbers.next()) : nil
                return try translator.translated(face.element, in: result, look: look)
            }
        }
        return AlteredPicture(
            image: result, landmarks: faces.map(\.landmarks), steps: result == image ? [] : [translator.card.name])
    }
}
