public import Tensors

/// The settings of the fusion of an embedding with the context of its face.
public struct ContextFusionConfiguration: Sendable, Hashable, Codable {
    /// The three forms of Karamizadeh et al. (2025).
    public enum Form: String, Sendable, Hashable, Codable, CaseIterable {
        /// The embedding attends to the context (equations 8 to 10).
        case crossAttention
        /// Embedding and context are the tokens of one transformer encoder block (equation 11).
        case transformer
        /// Both are concatenated, each with a weight that depends on the context.
        case concatenation
    }

    /// The form of the fusion.
    public var form: Form
    /// The size of a context token, d in equation 8.
    public var size = 64
    /// The width of the hidden layer that maps the fused vector back to the embedding's dimension.
    public var hidden = 256
    /// Whether the fused vector is mapped back to the embedding's dimension. Otherwise the context takes part in
    /// comparisons, and the dimension grows; this form is for ablations.
    public var isProjected = true

    /// Creates the settings of a form, with the paper's sizes.
    public init(form: Form) { self.form = form }
}

/// A fusion that adjusts an embedding by the conditions under which the face was seen.
///
/// Karamizadeh et al. (Technologies 13:450, 2025), section 3.4. Each form is added to the input embedding through a
/// last layer that starts at zero, so an untrained fusion changes nothing. The result has length 1 (equation 10).
public struct ContextFusion {
    private enum Form {
        case crossAttention(CrossAttention)
        case transformer(TransformerBlock)
        case concatenation(WeightedConcatenation)
    }

    private let encoder: ContextEncoder
    private let form: Form
    private let projection: Projection?
    /// The length of the result.
    public let dimension: Int

    /// Creates a fusion for embeddings of `dimension` numbers.
    public init(_ parameters: Parameters, dimension: Int, _ configuration: ContextFusionConfiguration) throws {
        let size = configuration.size
        switch configuration.form {
        case .crossAttention:
            form = .crossAttention(try CrossAttention(parameters["crossAttention"], dimension: dimension, size: size))
            encoder = try ContextEncoder(parameters["encoder"], size: size)
        case .transformer:
            // All tokens have the same width, because the embedding is one of them.
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

    /// Maps embeddings of length 1, `[batch, dimension]`, and contexts, `[batch, 12]`, to `[batch, dimension]` of
    /// length 1.
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

    /// Two layers that map back to the embedding's dimension. Without the nonlinearity between them, all identities
    /// would be shifted in the same way.
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
