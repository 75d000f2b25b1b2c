import Faces
import Foundation
import Inference
import Pixels

/// A small network that says something of an aligned face, as its model card describes it: what the estimators of masks
/// and of age groups share.
///
/// Safe to use from several tasks at once.
final class ModelFaceClassifier: Sendable {
    let card: ModelCard
    private let network: Network
    private let packing: InputPacking
    private let template: AlignmentTemplate
    private let isMirrored: [Bool]
    private let numbers: Int

    /// Loads the weights that `card` names.
    ///
    /// - Parameters:
    ///   - card: The model's card.
    ///   - numbers: How many numbers the network gives for a face.
    ///   - averagesMirrored: Whether the crop is looked at in a mirror too, and the numbers averaged.
    ///   - engine: What runs the network.
    ///   - directory: Where the weights are.
    ///   - configuration: How the network runs.
    /// - Throws: `EngineError`; ``EmbedderError`` where the card does not fit its weights.
    init(
        card: ModelCard, numbers: Int, averagesMirrored: Bool, engine: Engine, directory: URL,
        network configuration: NetworkConfiguration
    ) throws {
        guard let template = card.template, let weights = card.weights.first, card.weights.count == 1,
            card.input.layout == .nchw, card.input.width == template.size, card.input.height == template.size
        else { throw EmbedderError.notAFaceClassifier(card.name) }
        self.card = card
        self.template = template
        self.numbers = numbers
        isMirrored = averagesMirrored ? [false, true] : [false]
        packing = InputPacking(card.input)
        network = try Network(
            engine: engine, contentsOf: directory.appending(path: weights.file),
            inputShapes: [[isMirrored.count, 3, template.size, template.size]], configuration: configuration)
        guard let output = network.outputs.first, output.staticShape == [isMirrored.count, numbers] else {
            throw EmbedderError.contradiction(
                card.name, "its network does not give \(numbers == 1 ? "one number" : "\(numbers) numbers") a face")
        }
    }

    /// What the network says of each face: as many numbers as it gives, in the order of `faces`.
    ///
    /// - Throws: `FaceError.degenerateLandmarks` where a face can't be aligned; errors of the engine.
    func outputs(of faces: [Face], in image: Image) async throws -> [[Float]] {
        let crops = try faces.map {
            image.warped(by: try $0.transform(to: template), width: template.size, height: template.size)
        }
        return crops.isEmpty ? [] : try await EngineExecutor.run { try crops.map(outputs) }
    }

    private func outputs(of crop: Image) throws -> [Float] {
        let size = crop.pixels.count
        return try network.run(
            shape: [isMirrored.count, 3, template.size, template.size],
            fill: { input in
                for (index, isMirrored) in isMirrored.enumerated() {
                    packing.pack(
                        crop, mirrored: isMirrored,
                        into: UnsafeMutableBufferPointer(rebasing: input[index * size..<(index + 1) * size]))
                }
            },
            read: { outputs in
                let values = try outputs[0].values
                return (0..<numbers).map { number in
                    isMirrored.indices.reduce(0) { $0 + values[$1 * numbers + number] } / Float(isMirrored.count)
                }
            })
    }
}
