import Augmentation
import FaceNetworks
import Faces
import Foundation
import Inference
import Pixels

/// The generators that the samples of a stage cache need.
struct StageArtists: Sendable {
    private var masking: ModelFaceTranslator?
    private var completing: ModelFaceTranslator?

    /// Creates a value without generators.
    init() {}

    /// Loads the generators that `settings` need from its folder of models.
    init(_ settings: StageSettings, engine: Engine) throws {
        func translator(_ name: String) throws -> ModelFaceTranslator {
            let folder = try TrainingFolders.models(settings.models).appending(path: name)
            return try ModelFaceTranslator(
                card: StageBuilder.card(folder), engine: engine, directory: folder,
                network: NetworkConfiguration(streams: ProcessInfo.processInfo.activeProcessorCount))
        }
        if settings.generated > 0 { masking = try translator("mask-gan") }
        if settings.completes { completing = try translator("unmask-gan") }
    }

    /// A text that identifies these generators; empty if there are none.
    var identity: String {
        [masking, completing].compactMap { $0?.card.identity.description }.joined(separator: " ")
    }

    /// Returns the face with a generated mask, in the look of a drawn mask of the training designs.
    func masked(_ image: Image, _ face: Face, seed: UInt64) throws -> Image {
        guard let masking else { preconditionFailure("a sample needs a generator that the settings do not load") }
        let look = try masking.look(drawnOn: face, in: image, covers: .training, seed: seed)
        return try masking.translated(face, in: image, look: look)
    }

    /// Returns the face with its mask taken off.
    func completed(_ image: Image, _ face: Face) throws -> Image {
        guard let completing else { preconditionFailure("a sample needs a generator that the settings do not load") }
        return try completing.translated(face, in: image)
    }
}
