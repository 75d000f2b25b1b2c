import Faces
import Foundation
import Inference
import Pixels

/// A small network for aligned faces that a model card describes. The estimators of masks, age groups and quality share
/// it.
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
    ///   - numbers: The number of outputs for a face.
    ///   - averagesMirrored: Whether the mirrored crop is classified too and the outputs are averaged.
    ///   - engine: The inference engine.
    ///   - directory: The folder of the weights.
    ///   - configuration: The settings for running the network.
    /// - Throws: `EngineError`; ``EmbedderError`` if the card does not match its weights.
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
                card.name, "its network does not return \(numbers == 1 ? "one number" : "\(numbers) numbers") per face")
        }
    }

    /// Returns the network's outputs for each face, in the order of `faces`.
    ///
    /// - Throws: `FaceError.degenerateLandmarks` if a face can't be aligned; errors of the engine.
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
