import ArgumentParser
import Augmentation
import FaceNetworks
import Faces
import Inference
import LikenessSupport
import Pixels

/// An altered picture.
struct AlteredPicture {
    var image: Image
    /// The landmarks in it.
    var landmarks: [Landmarks]
    /// What was done, in words.
    var steps: [String]
}

/// Alters pictures, each in its own way.
protocol PictureArtist: Sendable {
    /// - Parameters:
    ///   - image: The picture.
    ///   - faces: Its faces.
    ///   - picture: The picture's place in the batch.
    ///   - variant: Which of the altered pictures of it.
    func altered(_ image: Image, faces: [Face], picture: Int, variant: Int) async throws -> AlteredPicture
}

/// Draws covers, and alters pictures by a policy.
struct FaceArtist: PictureArtist {
    var policy: AugmentationPolicy
    var covers: CoverSet
    var seed: UInt64

    func altered(_ image: Image, faces: [Face], picture: Int, variant: Int) async throws -> AlteredPicture {
        var generator = SeededGenerator(seed: seed).split(picture).split(variant)
        let plan = policy.plan(seed: generator.next(), covers: covers)
        let result = try plan.applied(to: image, faces: faces.map(\.landmarks))
        return AlteredPicture(image: result.image, landmarks: result.landmarks, steps: plan.steps(onFaces: faces.count))
    }
}

/// Lets a generator alter every face.
struct GenerativeArtist: PictureArtist {
    /// What it does.
    enum Direction: String, ExpressibleByArgument, CaseIterable {
        /// Takes masks off.
        case unmask
        /// Puts masks on.
        case mask

        /// The installed model.
        var model: String { "\(rawValue)-gan" }
    }

    var translator: ModelFaceTranslator
    var covers: CoverSet
    var seed: UInt64

    func altered(_ image: Image, faces: [Face], picture: Int, variant: Int) async throws -> AlteredPicture {
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
