public import Faces

/// The most usable faces of one person: of the frames of a video, or of many photographs.
///
/// Most frames of a camera show a face that is blurred, turned or small. A decision from the best few of them is safer
/// than one from the first, and takes less time than one from all.
///
/// ```swift
/// var best = BestFaces(count: 5)
/// for try await (_, result) in recognizer.analyses(of: frames, selecting: .center) {
///     guard let face = try result.get().faces.first else { continue }
///     best.add(EmbeddedFace(embedding: face.embedding, context: face.context))
/// }
/// if let template = try best.template() { print(try template.similarity(to: enrolled)) }
/// ```
public struct BestFaces: Sendable {
    /// The largest number of faces that are kept.
    public let count: Int
    /// The kept faces, the most usable first. Among equally usable faces, the earlier one is first.
    ///
    /// Faces whose ``/Faces/ContextVector/quality`` is unknown come last.
    public private(set) var faces: [EmbeddedFace] = []

    /// Creates an empty list.
    ///
    /// - Parameter count: The largest number of faces to keep; 1 or more.
    public init(count: Int) {
        precondition(count > 0, "at least one face is kept")
        self.count = count
    }

    /// Adds a face if it is among the most usable ones.
    ///
    /// - Returns: Whether the face is kept.
    @discardableResult
    public mutating func add(_ face: EmbeddedFace) -> Bool {
        let place = faces.firstIndex { Self.quality($0) < Self.quality(face) } ?? faces.count
        guard place < count else { return false }
        faces.insert(face, at: place)
        if faces.count > count { faces.removeLast() }
        return true
    }

    /// Returns one embedding for all kept faces: their mean, weighted by their quality. Faces of unknown quality count
    /// only if the quality of all is unknown, and then equally.
    ///
    /// - Returns: The embedding; `nil` if there is no face.
    /// - Throws: `FaceError.modelMismatch` if the embeddings come from several models; `FaceError.invalidEmbedding` if
    ///   they cancel each other out or have different lengths.
    public func template() throws -> Embedding? {
        guard let first = faces.first else { return nil }
        let weights = faces.map { max(Self.quality($0), 0) }
        let isKnown = weights.contains { $0 > 0 }
        var sum = [Float](repeating: 0, count: first.embedding.values.count)
        for (face, weight) in zip(faces, weights) {
            let embedding = face.embedding
            guard embedding.model == first.embedding.model else {
                throw FaceError.modelMismatch(first.embedding.model, embedding.model)
            }
            guard embedding.values.count == sum.count else {
                throw FaceError.invalidEmbedding(
                    "\(embedding.values.count) values beside \(sum.count) of the same model")
            }
            for index in sum.indices { sum[index] += (isKnown ? weight : 1) * embedding.values[index] }
        }
        return try Embedding(normalizing: sum, model: first.embedding.model)
    }

    /// The quality, or a number below all qualities if it is unknown or not a number.
    private static func quality(_ face: EmbeddedFace) -> Float {
        guard let quality = face.context.quality, quality >= 0 else { return -1 }
        return quality
    }
}
