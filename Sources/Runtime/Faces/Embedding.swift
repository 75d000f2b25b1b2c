/// The identity of a model for comparing embeddings: the same weights with the same preprocessing.
///
/// The precision is not part of it: f32 and bf16 embeddings of one model differ by less than 1e-3 in cosine.
public struct ModelIdentity: Hashable, Codable, Sendable, CustomStringConvertible {
    /// The model's name, such as `sface`.
    public var name: String
    /// The first 12 hexadecimal digits of the weights' SHA-256, and the version of the preprocessing:
    /// `0123456789ab/1`.
    public var contract: String

    /// Creates an identity from its parts.
    public init(name: String, contract: String) {
        self.name = name
        self.contract = contract
    }

    /// The identity as text: `sface@0123456789ab/1`.
    public var description: String { "\(name)@\(contract)" }
}

/// A face as a unit vector, and the model that made it.
///
/// ```swift
/// let embedding = try Embedding(normalizing: numbers, model: card.identity)
/// let similarity = try embedding.similarity(to: other)   // the cosine; an error if the models differ
/// ```
public struct Embedding: Hashable, Codable, Sendable {
    /// The vector, of length 1, with the model's dimension.
    public let values: [Float]
    /// The model that made the embedding.
    ///
    /// Embeddings of different models can't be compared.
    public let model: ModelIdentity

    /// Creates an embedding by normalizing `values` to length 1.
    ///
    /// - Throws: ``FaceError/invalidEmbedding(_:)`` if `values` is empty, all zero or not finite.
    public init(normalizing values: [Float], model: ModelIdentity) throws {
        let squared = values.reduce(into: 0.0) { $0 += Double($1) * Double($1) }
        guard squared.isFinite, squared > 0 else {
            throw FaceError.invalidEmbedding("\(values.count) values whose squared length is \(squared)")
        }
        let scale = 1 / squared.squareRoot()
        self.values = values.map { Float(Double($0) * scale) }
        self.model = model
    }

    /// Creates an embedding from a stored unit vector, whose bits do not change.
    ///
    /// - Throws: ``FaceError/invalidEmbedding(_:)`` unless the length is 1 within the precision of `Float`.
    public init(unit values: [Float], model: ModelIdentity) throws {
        let squared = values.reduce(into: 0.0) { $0 += Double($1) * Double($1) }
        guard (squared.squareRoot() - 1).magnitude <= 1e-4 else {
            throw FaceError.invalidEmbedding("\(values.count) values whose length is \(squared.squareRoot()), not 1")
        }
        self.values = values
        self.model = model
    }

    /// Returns the cosine similarity, −1...1; larger is more similar.
    ///
    /// - Throws: ``FaceError/modelMismatch(_:_:)`` if the embeddings come from two models, and
    ///   ``FaceError/invalidEmbedding(_:)`` if one is shorter than the other.
    public func similarity(to other: Embedding) throws -> Float {
        guard model == other.model else { throw FaceError.modelMismatch(model, other.model) }
        guard values.count == other.values.count else {
            throw FaceError.invalidEmbedding("\(other.values.count) values beside \(values.count) of the same model")
        }
        var sum: Float = 0
        for index in values.indices { sum += values[index] * other.values[index] }
        return min(max(sum, -1), 1)
    }
}
