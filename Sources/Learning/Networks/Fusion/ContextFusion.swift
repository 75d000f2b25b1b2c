public import Tensors

/// How an embedding and the context of its face are brought together.
public struct ContextFusionConfiguration: Sendable, Hashable, Codable {
    /// Paper B's three forms.
    public enum Form: String, Sendable, Hashable, Codable, CaseIterable {
        /// The embedding attends to the context (equations 8 to 10).
        case crossAttention
        /// Embedding and context are tokens of one transformer encoder block (equation 11).
        case transformer
        /// Both side by side, each with a weight that depends on the context.
        case concatenation
    }

    /// Which form.
    public var form: Form
    /// The size of a context token, d in equation 8.
    public var size = 64
    /// How wide the layer is that brings the fused vector back to the embedding's dimension.
    public var hidden = 256
    /// Whether the fused vector is brought back to the embedding's dimension. Otherwise the context is part of what is
    /// compared, and the dimension grows; that form is for ablations.
    public var isProjected = true

    /// The form of this name, at the paper's sizes.
    public init(form: Form) { self.form = form }
}

/// Changes how an identity is read by how the face was seen.
///
/// Paper B, section 3.4. Every form is added to the embedding that came in, through a last layer that starts at zero:
/// an untrained fusion changes nothing. The result is of length 1 (equation 10).
public struct ContextFusion {
    private enum Form {
        case crossAttention(CrossAttention)
        case transformer(TransformerBlock)
        case concatenation(WeightedConcatenation)
    }

    private let encoder: ContextEncoder
    private let form: Form
    private let projection: Projection?
    /// How many numbers the result has.
    public let dimension: Int

    /// A fusion of embeddings of `dimension` numbers.
    public init(_ parameters: Parameters, dimension: Int, _ configuration: ContextFusionConfiguration) throws {
        let size = configuration.size
        switch configuration.form {
        case .crossAttention:
            form = .crossAttention(try CrossAttention(parameters["crossAttention"], dimension: dimension, size: size))
            encoder = try ContextEncoder(parameters["encoder"], size: size)
        case .transformer:
            // One width for all tokens: the embedding is one of them.
            form = .transformer(try TransformerBlock(parameters["transformer"], size: dimension))
            encoder = try ContextEncoder(parameters["encoder"], size: dimension)
        case .concatenation:
            form = .concatenation(
                try WeightedConcatenation(parameters["concatenation"], dimension: dimension, size: size))
            encoder = try ContextEncoder(parameters["encoder"], size: size)
        }
        let added = configuration.form == .transformer ? dimension : size
        precondition(
            configuration.isProjected || configuration.form != .transformer,
            "a transformer's result has the embedding's dimension already")
        self.dimension = configuration.isProjected ? dimension : dimension + added
        projection =
            configuration.isProjected
            ? try Projection(
                parameters["projection"], in: dimension + added, hidden: configuration.hidden, out: dimension) : nil
    }

    /// Embeddings of length 1, `[batch, dimension]`, and contexts, `[batch, 12]` → `[batch, dimension]`, of length 1.
    public func callAsFunction(_ embedding: Tensor, context: Tensor) -> Tensor {
        let tokens = encoder(context)
        let side: Tensor
        switch form {
        case .crossAttention(let attention): side = attention(embedding, tokens)
        case .transformer(let block): side = block.first(of: embedding, tokens)
        case .concatenation(let concatenation): side = concatenation(tokens)
        }
        let joined = Tensor.concatenated([embedding, side], axis: 1)
        guard let projection else { return joined.normalized() }
        return (embedding + projection(joined)).normalized()
    }

    /// Two layers back to the embedding's dimension; without a bend between them every identity would be shifted alike.
    private struct Projection {
        let first: Linear
        let second: Linear

        init(_ parameters: Parameters, in size: Int, hidden: Int, out: Int) throws {
            first = try Linear(parameters["first"], in: size, out: hidden)
            second = try Linear(parameters["second"], in: hidden, out: out, initialization: .zeros)
        }

        func callAsFunction(_ x: Tensor) -> Tensor { second(relu(first(x))) }
    }
}
