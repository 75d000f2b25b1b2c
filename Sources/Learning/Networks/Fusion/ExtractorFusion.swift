public import Tensors

/// The settings of the fusion of two extractors.
public struct ExtractorFusionConfiguration: Sendable, Hashable, Codable {
    /// How the context changes the joined embedding (Karamizadeh et al., 2025); `nil` for not at all.
    public var form: ContextFusionConfiguration.Form?
    /// Whether the context decides how much each extractor counts.
    public var isWeighted = true
    /// The share of the first extractor, 0...1, if the context does not decide it. 0 or 1 is one extractor alone.
    public var share = 0.5
    /// The units of the hidden layer between the context and the weights; 0 for a logistic function of the context alone,
    /// which can't have a threshold.
    public var hiddenUnits = 0
    /// The clusters of faces that have a mean of their own, 1 or more; see ``LocalCentering``.
    public var clusters = 1
    /// Whether the projection on 128 numbers is trained on from the principal components.
    public var learnsProjection = false

    /// Creates the default settings: weights that depend on the context, and principal components.
    public init() {}
}

/// A fusion of the embeddings of two extractors in one of 128 numbers.
///
/// Each embedding gets length 1, the extractor's mean of similar faces is subtracted, and it gets length 1 again. The two are put one
/// after another, multiplied by √w and √(1 − w), so that the cosine of two faces seen in the same way is the weighted
/// mean of the extractors' cosines. The weight w is a function of the context with one hidden layer. One of the forms of Karamizadeh
/// et al. (Technologies 13:450, 2025, equations 8 to 11) can follow. The last step is a projection on 128 numbers, which
/// starts as the principal components (Pearson, 1901).
///
/// The size in the picture and the detector's confidence do not take part: those of drawn copies, on which the fusion is
/// trained, are not those of photographs.
public struct ExtractorFusion {
    /// The length of an extractor's embedding, and that of the result.
    public static let dimension = 128

    private let centerings: [LocalCentering]
    private let share: Double
    private let projection: Linear
    private let weights: ExtractorWeights?
    private let context: ContextFusion?

    /// Creates a fusion with values called `centering.…`, `projection.…`, `weights.…` and `context.…` under `parameters`.
    public init(_ parameters: Parameters, _ configuration: ExtractorFusionConfiguration) throws {
        share = configuration.share
        centerings = try ["first", "second"].map { name in
            try LocalCentering(
                parameters["centering.\(name)"], dimension: Self.dimension, clusters: configuration.clusters)
        }
        projection = try Linear(parameters["projection"], in: 2 * Self.dimension, out: Self.dimension)
        weights =
            configuration.isWeighted
            ? try ExtractorWeights(parameters["weights"], hiddenUnits: configuration.hiddenUnits) : nil
        context = try configuration.form.map { form in
            try ContextFusion(
                parameters["context"], dimension: 2 * Self.dimension, ContextFusionConfiguration(form: form))
        }
    }

    /// Returns the fused embeddings, `[batch, 128]`, of any length.
    ///
    /// - Parameters:
    ///   - embeddings: Those of both extractors, one after the other, `[batch, 256]`.
    ///   - context: `[batch, 12]`, with −1 for an unknown mask probability.
    public func callAsFunction(_ embeddings: Tensor, context: Tensor) -> Tensor {
        projection(joined(embeddings, context: context))
    }

    /// Returns the joined embeddings before the projection, `[batch, 256]`, of length 1.
    public func joined(_ embeddings: Tensor, context: Tensor) -> Tensor {
        let units = Tensor.concatenated(
            centerings.enumerated().map { place, centering in
                centering(embeddings.slice(1, place * Self.dimension..<(place + 1) * Self.dimension))
            }, axis: 1
        ).reshaped([-1, 2, Self.dimension])
        let context = Self.withoutPicture(context)
        let none = context.slice(1, 0..<1) * 0
        let shares = weights?(context) ?? .concatenated([none + share, none + (1 - share)], axis: 1)
        let joined = (units * shares.maximum(1e-6).squareRoot.reshaped([-1, 2, 1])).reshaped([-1, 2 * Self.dimension])
        return self.context?(joined, context: context) ?? joined
    }

    /// Returns embeddings of the first extractor, `[batch, 128]`, centered and of length 1.
    public func centering(ofFirst embeddings: Tensor) -> Tensor { centerings[0](embeddings) }

    /// Replaces the size and the confidence, which depend on the whole picture, by their centers.
    private static func withoutPicture(_ context: Tensor) -> Tensor {
        func row(_ values: [Float]) -> Tensor { Tensor(values, shape: [1, values.count], on: context.device) }
        var kept = [Float](repeating: 1, count: ContextEncoder.count)
        var usual = [Float](repeating: 0, count: ContextEncoder.count)
        for index in ContextEncoder.ofThePicture {
            kept[index] = 0
            usual[index] = ContextEncoder.usual(index)
        }
        return context * row(kept) + row(usual)
    }
}

/// How much each of two extractors counts: a logistic function of the context and of the units of a hidden layer.
private struct ExtractorWeights {
    private let weight: Tensor
    private let bias: Tensor
    private let hidden: (first: Linear, second: Linear)?

    init(_ parameters: Parameters, hiddenUnits: Int) throws {
        weight = try parameters.tensor("weight", [1, ContextEncoder.count], .zeros)
        bias = try parameters.tensor("bias", [1], .zeros)
        hidden =
            hiddenUnits == 0
            ? nil
            : (
                try Linear(parameters["hidden"], in: ContextEncoder.count, out: hiddenUnits),
                try Linear(parameters["output"], in: hiddenUnits, out: 1, bias: false, initialization: .zeros)
            )
    }

    /// Returns the shares of both, `[batch, 2]`, with the sum 1.
    func callAsFunction(_ context: Tensor) -> Tensor {
        let scaled = ContextEncoder.scaled(context)
        var sum = (scaled * weight).sum(1, keepingAxes: true) + bias
        if let hidden { sum = sum + hidden.second(sigmoid(hidden.first(scaled))) }
        let first = sigmoid(sum)
        return .concatenated([first, 1 - first], axis: 1)
    }
}
