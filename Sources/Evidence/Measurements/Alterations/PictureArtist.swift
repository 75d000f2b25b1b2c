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
    /// The landmarks in it.
    public let landmarks: [Landmarks]
    /// What was done, in words; empty if nothing was.
    public let steps: [String]
}

/// Alters pictures, each in its own way.
public protocol PictureArtist: Sendable {
    /// An altered picture; the same for the same values.
    ///
    /// - Parameters:
    ///   - image: The picture.
    ///   - faces: Its faces.
    ///   - picture: The picture's place in the batch, from 0.
    ///   - variant: Which of the altered pictures of it, from 0.
    func altered(_ image: Image, faces: [Face], picture: Int, variant: Int) async throws -> AlteredPicture
}

/// Draws covers, and alters pictures by a policy.
public struct FaceArtist: PictureArtist {
    private let policy: AugmentationPolicy
    private let covers: CoverSet
    private let seed: UInt64

    /// Creates an artist.
    ///
    /// - Parameters:
    ///   - policy: What is done to pictures, and how often.
    ///   - covers: What is drawn on faces.
    ///   - seed: Another seed, other pictures.
    public init(policy: AugmentationPolicy, covers: CoverSet, seed: UInt64) {
        (self.policy, self.covers, self.seed) = (policy, covers, seed)
    }

    /// Draws covers on all faces, and alters the picture.
    public func altered(_ image: Image, faces: [Face], picture: Int, variant: Int) async throws -> AlteredPicture {
        var generator = SeededGenerator(seed: seed).split(picture).split(variant)
        let plan = policy.plan(seed: generator.next(), covers: covers)
        let result = try plan.applied(to: image, faces: faces.map(\.landmarks))
        return AlteredPicture(image: result.image, landmarks: result.landmarks, steps: plan.steps(onFaces: faces.count))
    }
}

/// What a generator is asked for.
public enum GeneratorDirection: String, CaseIterable, Sendable {
    /// Takes masks off.
    case unmask
    /// Puts masks on.
    case mask

    /// The installed model.
    public var model: String { "\(rawValue)-gan" }
}

/// Lets a generator alter every face.
public struct GenerativeArtist: PictureArtist {
    private let translator: ModelFaceTranslator
    private let covers: CoverSet
    private let seed: UInt64

    /// Creates an artist.
    ///
    /// - Parameters:
    ///   - translator: The generator.
    ///   - covers: What a generator's masks are to look like, if it takes a look.
    ///   - seed: Another seed, other looks.
    public init(translator: ModelFaceTranslator, covers: CoverSet, seed: UInt64) {
        (self.translator, self.covers, self.seed) = (translator, covers, seed)
    }

    /// Lets the generator alter all faces.
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
