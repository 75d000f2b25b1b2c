public import Tensors

/// GoogLeNet, which the DS-AEAN paper calls InceptionNet.
///
/// Szegedy et al., *Going Deeper with Convolutions*, 2015 (arXiv:1409.4842), table 1. The DS-AEAN paper says only
/// "InceptionNet"; the first network of that name is our choice. Batch normalization (Ioffe and Szegedy, 2015) follows
/// each convolution and replaces the local response normalization. It makes the auxiliary classifiers unnecessary, so
/// they are left out. With half of the channels (``BackboneKind``): 1.5 million values in the trunk, 0.4 billion
/// multiplications per face.
public struct GoogLeNet: Backbone {
    private let stem: [NormalizedConvolution]
    private let stages: [[InceptionModule]]
    private let embedding: EmbeddingHead

    /// The nine modules in three groups with a pooling between groups. Each entry gives the channels of each branch
    /// and, for the kernels of 3 and 5, the channels to which the input is narrowed first (table 1, "#1×1" to "pool
    /// proj").
    private static let groups: [[InceptionModule.Widths]] = [
        [
            .init(point: 64, narrow3: 96, out3: 128, narrow5: 16, out5: 32, pooled: 32),
            .init(point: 128, narrow3: 128, out3: 192, narrow5: 32, out5: 96, pooled: 64),
        ],
        [
            .init(point: 192, narrow3: 96, out3: 208, narrow5: 16, out5: 48, pooled: 64),
            .init(point: 160, narrow3: 112, out3: 224, narrow5: 24, out5: 64, pooled: 64),
            .init(point: 128, narrow3: 128, out3: 256, narrow5: 24, out5: 64, pooled: 64),
            .init(point: 112, narrow3: 144, out3: 288, narrow5: 32, out5: 64, pooled: 64),
            .init(point: 256, narrow3: 160, out3: 320, narrow5: 32, out5: 128, pooled: 128),
        ],
        [
            .init(point: 256, narrow3: 160, out3: 320, narrow5: 32, out5: 128, pooled: 128),
            .init(point: 384, narrow3: 192, out3: 384, narrow5: 48, out5: 128, pooled: 128),
        ],
    ]

    /// Creates a network with values under `parameters`: `stem`, `modules`, `embedding`.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - width: The share of the paper's channels; 1 is the paper's network.
    ///   - dimension: The length of the embedding.
    ///   - dropout: The dropout rate of the last features, from 0 to below 1; the paper uses 0.4.
    public init(_ parameters: Parameters, width: Double = 0.5, dimension: Int = 128, dropout: Double = 0) throws {
        func scaled(_ channels: Int) -> Int { Int((Double(channels) * width).rounded()) }
        let place = parameters["stem"]
        stem = [
            try NormalizedConvolution(place[0], in: 3, out: scaled(64), kernel: 7),
            try NormalizedConvolution(place[1], in: scaled(64), out: scaled(64), kernel: 1),
            try NormalizedConvolution(place[2], in: scaled(64), out: scaled(192), kernel: 3),
        ]
        var inputs = scaled(192)
        stages = try Self.groups.enumerated().map { group, modules in
            try modules.enumerated().map { index, widths in
                let widths = widths.map(scaled)
                defer { inputs = widths.total }
                return try InceptionModule(parameters["modules"][group][index], in: inputs, widths)
            }
        }
        embedding = try EmbeddingHead(
            parameters["embedding"], channels: inputs, dimension: dimension, dropout: dropout)
    }

    /// Maps faces `[batch, 3, side, side]` (red, green, blue, −1 to 1) to embeddings `[batch, dimension]`.
    public func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        embedding(features(x, training: training), training: training)
    }

    /// Returns the last feature map, `[batch, channels, side / 16, side / 16]`.
    func features(_ x: Tensor, training: Bool) -> Tensor {
        let first = halved(stem[0](x, training: training))
        let stemmed = stem[2](stem[1](first, training: training), training: training)
        return stages.reduce(stemmed) { map, modules in
            modules.reduce(halved(map)) { $1($0, training: training) }
        }
    }

    private func halved(_ x: Tensor) -> Tensor { maxPool(x, kernel: 3, stride: 2, padding: 1) }
}

/// Parallel branches with kernels of 1, 3 and 5 and a pooling (Szegedy et al., figure 2b).
struct InceptionModule {
    /// The numbers of channels of a module's parts.
    struct Widths {
        var point: Int
        var narrow3: Int
        var out3: Int
        var narrow5: Int
        var out5: Int
        var pooled: Int

        /// The number of channels of the result.
        var total: Int { point + out3 + out5 + pooled }

        func map(_ change: (Int) -> Int) -> Widths {
            Widths(
                point: change(point), narrow3: change(narrow3), out3: change(out3), narrow5: change(narrow5),
                out5: change(out5), pooled: change(pooled))
        }
    }

    private let point: NormalizedConvolution
    private let narrow3: NormalizedConvolution
    private let wide3: NormalizedConvolution
    private let narrow5: NormalizedConvolution
    private let wide5: NormalizedConvolution
    private let pooled: NormalizedConvolution

    init(_ parameters: Parameters, in inputs: Int, _ widths: Widths) throws {
        func unit(_ name: String, _ inputs: Int, _ outputs: Int, _ kernel: Int) throws -> NormalizedConvolution {
            try NormalizedConvolution(parameters[name], in: inputs, out: outputs, kernel: kernel)
        }
        point = try unit("point", inputs, widths.point, 1)
        narrow3 = try unit("narrow3", inputs, widths.narrow3, 1)
        wide3 = try unit("wide3", widths.narrow3, widths.out3, 3)
        narrow5 = try unit("narrow5", inputs, widths.narrow5, 1)
        wide5 = try unit("wide5", widths.narrow5, widths.out5, 5)
        pooled = try unit("pooled", inputs, widths.pooled, 1)
    }

    /// Maps `[batch, in, height, width]` to `[batch, total, height, width]`.
    func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        let branches = [
            point(x, training: training),
            wide3(narrow3(x, training: training), training: training),
            wide5(narrow5(x, training: training), training: training),
            pooled(maxPool(x, kernel: 3, stride: 1, padding: 1), training: training),
        ]
        return Tensor.concatenated(branches, axis: 1)
    }
}
