public import Faces
public import Foundation
public import Inference
import Pixels

/// The attention of a network for one face.
public struct AttentionMap: Hashable, Sendable {
    /// The name of the attention in the network's card.
    public let name: String
    /// The meaning of the values.
    public let kind: ModelCard.Attention.Kind
    /// The number of positions per side.
    public let side: Int
    /// The values in row-major order: for a gate the weights, 0...1; otherwise the attention that each position
    /// receives, with a mean of 1.
    public let values: [Float]
}

/// A reader of an embedding network's attention.
///
/// It uses the weights of the embedder. The network is loaded a second time with the tensors that its card names as
/// additional outputs.
public final class AttentionReader: Sendable {
    private let network: Network
    private let card: ModelCard
    private let attention: [ModelCard.Attention]
    /// The index of each attention tensor among the loaded network's outputs.
    private let places: [Int]
    private let template: AlignmentTemplate
    private let packing: InputPacking

    /// Loads the weights that `card` names.
    ///
    /// - Parameters:
    ///   - card: The model's card.
    ///   - engine: The inference engine.
    ///   - directory: The folder of the weights.
    ///   - configuration: The settings for running the network.
    /// - Throws: `EngineError`; ``EmbedderError/noAttention(_:architecture:)`` if the card names no attention.
    @available(*, noasync, message: "it blocks its thread: call it in EngineExecutor.run")
    public init(card: ModelCard, engine: Engine, directory: URL, network configuration: NetworkConfiguration) throws {
        guard let attention = card.attention, !attention.isEmpty else {
            throw EmbedderError.noAttention(card.name, architecture: card.architecture)
        }
        guard let template = card.template, let weights = card.weights.first else {
            throw EmbedderError.notAnEmbedder(card.name)
        }
        self.card = card
        self.attention = attention
        self.template = template
        packing = InputPacking(card.input)
        // The file's own outputs need not be exposed. They come in the order of the card.
        let own = card.outputs.map(\.name)
        let inner = attention.map(\.tensor).filter { !own.contains($0) }
        network = try Network(
            engine: engine, contentsOf: directory.appending(path: weights.file), exposing: inner,
            inputShapes: ModelEmbedder.shapes(of: card, template, batch: 1), configuration: configuration)
        places = attention.compactMap { (own + inner).firstIndex(of: $0.tensor) }
        guard network.outputs.count == own.count + inner.count else {
            throw EmbedderError.contradiction(
                card.name,
                "its network has \(network.outputs.count - inner.count) outputs, but the card lists \(own.count)")
        }
    }

    /// Returns the network's attention maps for `face`, in the order of the card.
    ///
    /// - Throws: `FaceError.templateMismatch` if the face was aligned for another model;
    ///   ``EmbedderError/contradiction(_:_:)`` if a tensor does not have the form of its kind.
    @available(*, noasync, message: "it blocks its thread: call it in EngineExecutor.run")
    public func maps(of face: AlignedFace) throws -> [AttentionMap] {
        guard face.template == template else {
            throw FaceError.templateMismatch(expected: template, found: face.template)
        }
        return try network.run(
            shapes: ModelEmbedder.shapes(of: card, template, batch: 1),
            fill: { index, input in
                if index == 0 {
                    packing.pack(face.image, mirrored: false, into: input)
                } else {
                    _ = input.update(fromContentsOf: face.context.values)
                }
            },
            read: { outputs in try zip(attention, places).map { try map($0, outputs[$1]) } })
    }

    private func map(_ attention: ModelCard.Attention, _ tensor: TensorView) throws -> AttentionMap {
        let shape = tensor.shape
        let isMap = attention.kind != .places
        let places = isMap ? shape.suffix(2).reduce(1, *) : shape.last ?? 0
        let side = Int(Double(places).squareRoot().rounded())
        guard shape.count == 4, shape[0] == 1, side * side == places, isMap ? shape[1] == 1 : shape[2] == shape[3]
        else {
            throw EmbedderError.contradiction(card.name, "'\(attention.tensor)' has the shape \(shape)")
        }
        var values = [Float](repeating: 0, count: places)
        for (index, value) in tensor.values.enumerated() { values[index % places] += value }
        let scale: Float =
            switch attention.kind {
            case .gate: 1
            // The attention that each position receives, averaged over the heads, with a mean of 1.
            case .places: 1 / Float(shape[1])
            // Shares sum to 1; scale them to a mean of 1.
            case .shares: Float(places)
            }
        return AttentionMap(
            name: attention.name, kind: attention.kind, side: side, values: values.map { $0 * scale })
    }
}
