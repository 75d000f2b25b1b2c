public import Faces
import Pixels
import Synchronization

/// An embedder for tests. Its embedding of a face is the mean color of the crop, so that equal crops have equal
/// embeddings. It remembers its calls.
public final class FakeEmbedder: FaceEmbedder {
    /// The confidence that marks faces which this embedder refuses with `FaceError.degenerateLandmarks`.
    public static let unbearable: Float = 0.123

    /// The card of a model without weights.
    public let card: ModelCard
    /// An alignment to crops of 32 × 32 pixels.
    public let template = AlignmentTemplate.arcface(size: 32)
    /// The dimension of the embeddings, 4.
    public let dimension = 4
    /// The precision in results.
    public let precision = "bf16"
    /// The value in results; it has no other effect.
    public let averagesMirrored: Bool
    private let runs = Mutex<[Int]>([])

    /// Creates an embedder. Embeddings of two versions can't be compared.
    public init(version: String = "1", averagesMirrored: Bool = false) {
        self.averagesMirrored = averagesMirrored
        card = .fake(version: version)
    }

    /// The number of embedded faces.
    public var count: Int { batches.reduce(0, +) }

    /// The number of faces in each call.
    public var batches: [Int] { runs.withLock { $0 } }

    /// Returns the mean red, green and blue of each crop and the number 1, normalized to unit length.
    public func embeddings(of faces: [AlignedFace]) async throws -> [Embedding] {
        runs.withLock { $0.append(faces.count) }
        return try faces.map { face in
            if face.face.confidence == Self.unbearable { throw FaceError.degenerateLandmarks }
            var sums: [Float] = [0, 0, 0, 1]
            for (index, byte) in face.image.pixels.enumerated() { sums[index % 3] += Float(byte) }
            return try Embedding(normalizing: sums, model: card.identity)
        }
    }
}

extension ModelCard {
    /// Creates a card for tests, without thresholds: an embedding model called `fake` of dimension 4.
    ///
    /// - Parameters:
    ///   - name: The model's name.
    ///   - version: The model's version.
    ///   - task: The model's task.
    public static func fake(
        name: String = "fake", version: String = "1", task: ModelCard.Task = .embedding
    ) -> ModelCard {
        ModelCard(
            name: name, version: version, task: task, architecture: "mean color",
            weights: [Weights(file: "model.onnx", sha256: "0123456789abcdef", bytes: 1, precisions: ["f32"])],
            input: ModelInput(
                name: "x", width: 32, height: 32, layout: .nchw, channels: .rgb, normalization: .fixed,
                mean: [0, 0, 0], scale: [1, 1, 1]),
            outputs: [], template: .arcface(size: 32), dimension: 4, license: "none", licenseNote: "",
            origin: Origin(status: .own, text: ""), trainingData: "none", citation: "")
    }
}
