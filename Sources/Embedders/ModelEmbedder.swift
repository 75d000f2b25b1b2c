public import Faces
public import Foundation
public import Inference
import Pixels

/// An embedding network as its model card describes it: SFace, FaceNet-128, and what is trained here.
///
/// Safe to use from several tasks at once.
public final class ModelEmbedder: FaceEmbedder {
    /// What the model is and how its input is made.
    public let card: ModelCard
    /// Whether the mirrored crop is embedded too and the two embeddings averaged.
    public let averagesMirrored: Bool

    private let single: Network
    private let batch: LazyNetwork
    private let packing: InputPacking
    private let template: AlignmentTemplate
    private let dimension: Int

    /// Faces that run through the network together where there are as many: larger batches gain little more.
    private static let batchSize = 8
    /// From as many faces on, a batch that is filled up with nothing takes less time than one face after the other.
    private static let fewestInBatch = 6

    /// Loads the weights that `card` names.
    ///
    /// - Parameters:
    ///   - card: The model's card; its task is embedding.
    ///   - engine: What runs the network.
    ///   - directory: Where the weights are.
    ///   - network: How the network runs.
    ///   - averagesMirrored: Whether the mirrored crop is embedded too: twice the time.
    /// - Throws: `EngineError`; ``EmbedderError`` where the card does not fit its weights.
    public init(
        card: ModelCard, engine: Engine, directory: URL, network configuration: NetworkConfiguration,
        averagesMirrored: Bool = false
    ) throws {
        guard let template = card.template, let dimension = card.dimension, let weights = card.weights.first,
            card.weights.count == 1
        else { throw EmbedderError.notAnEmbedder(card.name) }
        guard card.input.width == template.size, card.input.height == template.size else {
            throw EmbedderError.contradiction(card.name, "its input is not as large as its template")
        }
        self.card = card
        self.averagesMirrored = averagesMirrored
        self.template = template
        self.dimension = dimension
        packing = InputPacking(card.input)
        let file = directory.appending(path: weights.file)
        single = try Network(
            engine: engine, contentsOf: file, inputShape: Self.shape(of: card.input, template, batch: 1),
            configuration: configuration)
        let batchShape = Self.shape(of: card.input, template, batch: Self.batchSize)
        batch = LazyNetwork {
            try Network(engine: engine, contentsOf: file, inputShape: batchShape, configuration: configuration)
        }
        guard let output = single.outputs.first, output.staticShape == [1, dimension] else {
            throw EmbedderError.contradiction(card.name, "its network does not give \(dimension) numbers a face")
        }
    }

    /// The precision that runs.
    public var precision: String { single.precision.rawValue }

    /// One embedding per face, in the same order.
    public func embeddings(of faces: [AlignedFace]) async throws -> [Embedding] {
        for face in faces where face.template != template {
            throw FaceError.templateMismatch(expected: template, found: face.template)
        }
        let crops = faces.map(\.image)
        var sums = try vectors(of: crops, mirrored: false)
        if averagesMirrored {
            // Each is normalized before they are added, so that both looks count the same.
            let mirrored = try vectors(of: crops, mirrored: true)
            sums = zip(sums, mirrored).map { zip(Self.normalized($0), Self.normalized($1)).map(+) }
        }
        return try sums.map { try Embedding(normalizing: $0, model: card.identity) }
    }

    private func vectors(of crops: [Image], mirrored: Bool) throws -> [[Float]] {
        var vectors: [[Float]] = []
        vectors.reserveCapacity(crops.count)
        var start = 0
        while start < crops.count {
            let rest = crops.count - start
            let isMany = rest >= Self.fewestInBatch
            let count = isMany ? min(rest, Self.batchSize) : 1
            vectors += try run(
                isMany ? batch.network() : single, of: isMany ? Self.batchSize : 1, crops[start..<start + count],
                mirrored: mirrored)
            start += count
        }
        return vectors
    }

    /// Runs a network that takes `count` faces at a time on as many or fewer.
    private func run(
        _ network: Network, of count: Int, _ crops: ArraySlice<Image>, mirrored: Bool
    ) throws -> [[Float]] {
        let size = template.size * template.size * 3
        return try network.run(
            shape: Self.shape(of: card.input, template, batch: count),
            fill: { input in
                input[(crops.count * size)...].update(repeating: 0)
                for (index, crop) in crops.enumerated() {
                    packing.pack(
                        crop, mirrored: mirrored,
                        into: UnsafeMutableBufferPointer(rebasing: input[index * size..<(index + 1) * size]))
                }
            },
            read: { outputs in
                let values = try outputs[0].values
                return crops.indices.map { index in
                    let row = (index - crops.startIndex) * dimension
                    return Array(values[row..<row + dimension])
                }
            })
    }

    private static func shape(of input: ModelInput, _ template: AlignmentTemplate, batch: Int) -> [Int] {
        let side = template.size
        return input.layout == .nchw ? [batch, 3, side, side] : [batch, side, side, 3]
    }

    private static func normalized(_ values: [Float]) -> [Float] {
        let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? values.map { $0 / length } : values
    }
}
