public import Faces
public import Foundation
public import Inference
public import Pixels

/// A mask classifier as its model card describes it: the first of its outputs is the probability of a bare face.
///
/// Safe to use from several tasks at once.
public final class ModelMaskEstimator: MaskEstimator {
    /// What the model is and how its input is made.
    public let card: ModelCard
    private let network: Network
    private let packing: InputPacking
    private let template: AlignmentTemplate

    /// Loads the weights that `card` names.
    ///
    /// - Parameters:
    ///   - card: The model's card; its task is mask classification.
    ///   - engine: What runs the network.
    ///   - directory: Where the weights are.
    ///   - configuration: How the network runs.
    /// - Throws: `EngineError`; ``EmbedderError`` where the card does not fit its weights.
    public init(card: ModelCard, engine: Engine, directory: URL, network configuration: NetworkConfiguration) throws {
        guard let template = card.template, let weights = card.weights.first, card.weights.count == 1,
            card.input.layout == .nchw, card.input.width == template.size, card.input.height == template.size
        else { throw EmbedderError.notAMaskClassifier(card.name) }
        self.card = card
        self.template = template
        packing = InputPacking(card.input)
        network = try Network(
            engine: engine, contentsOf: directory.appending(path: weights.file),
            inputShapes: [[2, 3, template.size, template.size]], configuration: configuration)
        guard let output = network.outputs.first, output.staticShape == [2, 3] else {
            throw EmbedderError.contradiction(card.name, "its network does not give three probabilities a face")
        }
    }

    /// How likely each face wears a mask, well or badly, 0...1: the mean over the crop and its mirror image.
    public func maskProbabilities(of faces: [Face], in image: Image) async throws -> [Float] {
        try faces.map { face in
            let crop = image.warped(by: try face.transform(to: template), width: template.size, height: template.size)
            let size = crop.pixels.count
            return try network.run(
                shape: [2, 3, template.size, template.size],
                fill: { input in
                    for (index, isMirrored) in [false, true].enumerated() {
                        packing.pack(
                            crop, mirrored: isMirrored,
                            into: UnsafeMutableBufferPointer(rebasing: input[index * size..<(index + 1) * size]))
                    }
                },
                read: { outputs in
                    let bare = try outputs[0].values
                    return min(max(1 - (bare[0] + bare[3]) / 2, 0), 1)
                })
        }
    }
}
