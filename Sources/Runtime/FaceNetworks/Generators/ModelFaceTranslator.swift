public import Augmentation
public import Faces
public import Foundation
public import Inference
public import Pixels

/// A generator that a model card describes. It makes another picture of an aligned face, with a mask taken off or put
/// on (the GANs of the DS-AEAN paper, Scientific Reports 15:17594, 2025).
///
/// The part of a face behind a mask is invented: it may look like the person, but it proves nothing. Safe to use from
/// several tasks at once.
public final class ModelFaceTranslator: Sendable {
    /// The model's card, which describes the model and its input.
    public let card: ModelCard
    /// Whether the generator needs a description of the mask.
    public let takesLook: Bool
    private let network: Network
    private let packing: InputPacking
    private let template: AlignmentTemplate

    /// Loads the weights that `card` names.
    ///
    /// - Parameters:
    ///   - card: The model's card; its task is translation.
    ///   - engine: The inference engine.
    ///   - directory: The folder of the weights.
    ///   - configuration: The settings for running the network.
    /// - Throws: `EngineError`; ``GeneratorError`` if the card does not match its weights.
    @available(*, noasync, message: "it blocks its thread: call it in EngineExecutor.run")
    public init(card: ModelCard, engine: Engine, directory: URL, network configuration: NetworkConfiguration) throws {
        guard let template = card.template, let weights = card.weights.first, card.weights.count == 1,
            card.input.layout == .nchw, card.input.width == template.size, card.input.height == template.size
        else { throw GeneratorError.notATranslator(card.name) }
        (self.card, self.template) = (card, template)
        packing = InputPacking(card.input)
        network = try Network(
            engine: engine, contentsOf: directory.appending(path: weights.file), configuration: configuration)
        guard (1...2).contains(network.inputs.count), network.outputs.count == 2 else {
            throw GeneratorError.contradiction(
                card.name,
                "its network takes \(network.inputs.count) inputs and has \(network.outputs.count) outputs")
        }
        takesLook = network.inputs.count == 2
    }

    /// The precision in use.
    public var precision: Precision { network.precision }

    /// Translates a crop.
    ///
    /// - Parameters:
    ///   - crop: A face aligned to the card's template.
    ///   - look: The look of the mask, for a generator that puts masks on.
    /// - Returns: A picture of the same size, and the share of each pixel that is new.
    /// - Throws: `EngineError`; ``GeneratorError/contradiction(_:_:)``.
    @available(*, noasync, message: "it blocks its thread: call it in EngineExecutor.run")
    public func translated(_ crop: Image, look: MaskLook? = nil) throws -> TranslatedCrop {
        precondition((look != nil) == takesLook, "a look goes with a generator that takes one")
        let side = template.size
        let shapes = [[1, 3, side, side]] + (takesLook ? [[1, MaskLook.size]] : [])
        return try network.run(
            shapes: shapes,
            fill: { index, input in
                if index == 0 {
                    packing.pack(crop, mirrored: false, into: input)
                } else {
                    _ = input.update(fromContentsOf: look?.numbers ?? [])
                }
            },
            read: { outputs in
                let values = try outputs[0].values, shares = try outputs[1].values
                let places = side * side
                guard values.count == 3 * places, shares.count == places else {
                    throw GeneratorError.contradiction(
                        card.name, "it returns \(values.count) and \(shares.count) numbers for a picture and its shares"
                    )
                }
                var pixels = [UInt8](repeating: 0, count: 3 * places)
                for place in 0..<places {
                    for channel in 0..<3 {
                        pixels[place * 3 + channel] = Self.byte((values[channel * places + place] + 1) * 127.5)
                    }
                }
                return TranslatedCrop(
                    image: Image(width: side, height: side, pixels: pixels), share: shares.map { Self.byte($0 * 255) })
            })
    }

    private static func byte(_ value: Float) -> UInt8 { UInt8(min(max(value, 0), 255).rounded()) }

    /// Translates a face and returns the whole picture. The parts that the generator does not change keep every detail.
    ///
    /// - Parameters:
    ///   - face: The face, as a detector found it.
    ///   - image: The picture.
    ///   - look: The look of the mask, for a generator that puts masks on.
    /// - Throws: `FaceError.degenerateLandmarks`, `EngineError`.
    @available(*, noasync, message: "it blocks its thread: call it in EngineExecutor.run")
    public func translated(_ face: Face, in image: Image, look: MaskLook? = nil) throws -> Image {
        let transform = try face.transform(to: template)
        let crop = image.warped(by: transform, width: template.size, height: template.size)
        return image.painted(with: try translated(crop, look: look), of: crop, at: transform)
    }

    /// Returns the look of a mask from `covers` that is drawn on the face. The seed selects the mask.
    ///
    /// - Throws: `FaceError.degenerateLandmarks`, `AugmentationError`.
    public func look(drawnOn face: Face, in image: Image, covers: CoverSet, seed: UInt64) throws -> MaskLook {
        let policy = AugmentationPolicy([.init(.mask, probability: 1)])
        let covered = try policy.plan(seed: seed, covers: covers).applied(to: image, faces: [face.landmarks]).image
        let transform = try face.transform(to: template)
        func crop(_ image: Image) -> [UInt8] {
            image.warped(by: transform, width: template.size, height: template.size).pixels
        }
        return MaskLook(bare: crop(image), masked: crop(covered))
    }
}
