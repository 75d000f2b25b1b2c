public import Faces
public import Foundation
public import Inference
import Pixels

/// What a network attends to in one face.
public struct AttentionMap: Hashable, Sendable {
    /// Which of the network's attentions, as its card calls it.
    public let name: String
    /// What the numbers mean.
    public let kind: ModelCard.Attention.Kind
    /// Places a side.
    public let side: Int
    /// Row by row. Of a gate the weights, 0...1; of places and shares how much of all attention each gets, 1 in the mean.
    public let values: [Float]
}

/// Reads from inside an embedding network what it attends to.
///
/// The weights are those of the embedder; the network is loaded a second time, with the tensors that its card names as
/// further outputs.
public final class AttentionReader: Sendable {
    private let network: Network
    private let card: ModelCard
    private let attention: [ModelCard.Attention]
    /// Which of the loaded network's outputs each of them is.
    private let places: [Int]
    private let template: AlignmentTemplate
    private let packing: InputPacking

    /// Loads the weights that `card` names.
    ///
    /// - Parameters:
    ///   - card: The model's card.
    ///   - engine: What runs the network.
    ///   - directory: Where the weights are.
    ///   - configuration: How the network runs.
    /// - Throws: `EngineError`; ``EmbedderError/noAttention(_:architecture:)`` where the card names no attention.
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
        // What the file gives anyway need not be exposed, and comes where the card lists it.
        let own = card.outputs.map(\.name)
        let inner = attention.map(\.tensor).filter { !own.contains($0) }
        network = try Network(
            engine: engine, contentsOf: directory.appending(path: weights.file), exposing: inner,
            inputShapes: ModelEmbedder.shapes(of: card, template, batch: 1), configuration: configuration)
        places = attention.compactMap { (own + inner).firstIndex(of: $0.tensor) }
        guard network.outputs.count == own.count + inner.count else {
            throw EmbedderError.contradiction(
                card.name,
                "its network has \(network.outputs.count - inner.count) outputs where the card lists \(own.count)")
        }
    }

    /// What the network attends to in `face`, in the order of the card.
    ///
    /// - Throws: `FaceError.templateMismatch` where the face was aligned for another model;
    ///   ``EmbedderError/contradiction(_:_:)`` where a tensor is not of the form that its kind says.
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
            // What every place of every head gives each, 1 in the mean.
            case .places: 1 / Float(shape[1])
            // Shares sum to 1, and so are brought to 1 in the mean.
            case .shares: Float(places)
            }
        return AttentionMap(
            name: attention.name, kind: attention.kind, side: side, values: values.map { $0 * scale })
    }
}
