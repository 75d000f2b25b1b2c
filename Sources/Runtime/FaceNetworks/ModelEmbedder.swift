public import Faces
public import Foundation
public import Inference
import Pixels

/// An embedding network that a model card describes: SFace, FaceNet-128, and networks that were trained here, including
/// networks that use the face's context in addition to its crop.
///
/// Safe to use from several tasks at once.
///
/// ```swift
/// let embedder = try await EngineExecutor.run {
///     try ModelEmbedder(card: card, engine: engine, directory: folder, network: NetworkConfiguration())
/// }
/// let embeddings = try await embedder.embeddings(of: faces)   // faces aligned to `embedder.template`
/// ```
public final class ModelEmbedder: FaceEmbedder {
    /// The model's card, which describes the model and its input.
    public let card: ModelCard
    /// The alignment of its faces.
    public let template: AlignmentTemplate
    /// The length of its embeddings.
    public let dimension: Int
    /// Whether the mirrored crop is embedded too and the two embeddings are averaged.
    public let averagesMirrored: Bool

    private let single: Network
    private let batch: LazyNetwork
    private let packing: InputPacking

    /// The number of faces that run through the network together, if there are enough. Larger batches gain little.
    private static let batchSize = 8
    /// The smallest number of faces for which a partly empty batch is faster than single faces.
    private static let fewestInBatch = 6

    /// Loads the weights that `card` names.
    ///
    /// - Parameters:
    ///   - card: The model's card; its task is embedding.
    ///   - engine: The inference engine.
    ///   - directory: The folder of the weights.
    ///   - configuration: The settings for running the network.
    ///   - averagesMirrored: Whether the mirrored crop is embedded too, which takes twice the time.
    /// - Throws: `EngineError`; ``EmbedderError`` if the card does not match its weights.
    @available(*, noasync, message: "it blocks its thread: call it in EngineExecutor.run")
    public init(
        card: ModelCard, engine: Engine, directory: URL, network configuration: NetworkConfiguration,
        averagesMirrored: Bool = false
    ) throws {
        guard let template = card.template, let dimension = card.dimension, let weights = card.weights.first,
            card.weights.count == 1
        else { throw EmbedderError.notAnEmbedder(card.name) }
        guard card.input.width == template.size, card.input.height == template.size else {
            throw EmbedderError.contradiction(card.name, "its input has another size than its template")
        }
        guard card.contextVersion == nil || card.contextVersion == ContextVector.version else {
            throw EmbedderError.contradiction(
                card.name, "it was trained with another version of the context than this program measures")
        }
        self.card = card
        self.averagesMirrored = averagesMirrored
        self.template = template
        self.dimension = dimension
        packing = InputPacking(card.input)
        let file = directory.appending(path: weights.file)
        single = try Network(
            engine: engine, contentsOf: file, inputShapes: Self.shapes(of: card, template, batch: 1),
            configuration: configuration)
        let batchShapes = Self.shapes(of: card, template, batch: Self.batchSize)
        batch = LazyNetwork {
            try Network(engine: engine, contentsOf: file, inputShapes: batchShapes, configuration: configuration)
        }
        guard single.inputs.count == batchShapes.count else {
            throw EmbedderError.contradiction(
                card.name, "its network has \(single.inputs.count) inputs, but the card says \(batchShapes.count)")
        }
        guard single.inputs.contains(where: { $0.name == card.input.name }) else {
            throw EmbedderError.contradiction(
                card.name,
                "its network has no input called '\(card.input.name)', but "
                    + single.inputs.map { "'\($0.name)'" }.joined(separator: " and "))
        }
        guard let output = single.outputs.first, output.staticShape == [1, dimension] else {
            throw EmbedderError.contradiction(card.name, "its network does not return \(dimension) numbers per face")
        }
        guard weights.precisions.contains(single.precision.rawValue) else {
            throw EmbedderError.contradiction(
                card.name, "its network runs in \(single.precision.rawValue), which its card does not list")
        }
    }

    /// The precision in use.
    public var precision: String { single.precision.rawValue }

    /// Returns one embedding per face, in the same order.
    public func embeddings(of faces: [AlignedFace]) async throws -> [Embedding] {
        for face in faces where face.template != template {
            throw FaceError.templateMismatch(expected: template, found: face.template)
        }
        guard !faces.isEmpty else { return [] }
        let sums = try await EngineExecutor.run {
            let plain = try vectors(of: faces, mirrored: false)
            guard averagesMirrored else { return plain }
            // Each vector is normalized before the addition, so that both have the same weight.
            let mirrored = try vectors(of: faces, mirrored: true)
            return zip(plain, mirrored).map { zip(Self.normalized($0), Self.normalized($1)).map(+) }
        }
        return try sums.map { numbers in
            guard let embedding = try? Embedding(normalizing: numbers, model: card.identity) else {
                throw EmbedderError.wrongNumbers(card.name)
            }
            return embedding
        }
    }

    private func vectors(of faces: [AlignedFace], mirrored: Bool) throws -> [[Float]] {
        var vectors: [[Float]] = []
        vectors.reserveCapacity(faces.count)
        var start = 0
        while start < faces.count {
            let rest = faces.count - start
            let isMany = rest >= Self.fewestInBatch
            let count = isMany ? min(rest, Self.batchSize) : 1
            vectors += try run(
                isMany ? batch.network() : single, of: isMany ? Self.batchSize : 1, faces[start..<start + count],
                mirrored: mirrored)
            start += count
        }
        return vectors
    }

    /// Runs a network with a batch size of `count` on at most that many faces.
    private func run(
        _ network: Network, of count: Int, _ faces: ArraySlice<AlignedFace>, mirrored: Bool
    ) throws -> [[Float]] {
        try network.run(
            shapes: Self.shapes(of: card, template, batch: count),
            fill: { index, input in
                if index == 0 {
                    packCrops(of: faces, mirrored: mirrored, into: input)
                } else {
                    Self.packContexts(of: faces, mirrored: mirrored, into: input)
                }
            },
            read: { outputs in
                let values = try outputs[0].values
                return faces.indices.map { index in
                    let row = (index - faces.startIndex) * dimension
                    return Array(values[row..<row + dimension])
                }
            })
    }

    private func packCrops(
        of faces: ArraySlice<AlignedFace>, mirrored: Bool, into input: UnsafeMutableBufferPointer<Float>
    ) {
        let size = template.size * template.size * 3
        input[(faces.count * size)...].update(repeating: 0)
        for (index, face) in faces.enumerated() {
            packing.pack(
                face.image, mirrored: mirrored,
                into: UnsafeMutableBufferPointer(rebasing: input[index * size..<(index + 1) * size]))
        }
    }

    private static func packContexts(
        of faces: ArraySlice<AlignedFace>, mirrored: Bool, into input: UnsafeMutableBufferPointer<Float>
    ) {
        let values = faces.flatMap { (mirrored ? $0.context.mirrored : $0.context).values }
        _ = input.update(fromContentsOf: values)
        input[values.count...].update(repeating: 0)
    }

    /// Returns the inputs' shapes: the crops and, if the network uses them, the contexts.
    static func shapes(of card: ModelCard, _ template: AlignmentTemplate, batch: Int) -> [[Int]] {
        let side = template.size
        let crops = card.input.layout == .nchw ? [batch, 3, side, side] : [batch, side, side, 3]
        return card.contextVersion == nil ? [crops] : [crops, [batch, ContextVector.names.count]]
    }

    private static func normalized(_ values: [Float]) -> [Float] {
        let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? values.map { $0 / length } : values
    }
}
