public import Tensors

/// The parts of a ``FaceNetwork``, with one property for each ablation. ``FaceNetwork`` names the papers.
public struct FaceNetworkConfiguration: Sendable, Hashable, Codable {
    /// Whether the trunk has batch normalization or has it folded into its weights.
    public var normalization: Normalization = .folded
    /// Whether the positions of the last feature map are weighted (Karamizadeh et al., 2025).
    public var gate = false
    /// The fusion of the four stages (Ghani et al., 2024); `nil` for none.
    public var fusion: FeatureFusionConfiguration?
    /// The two scales with efficient attention (DS-AEAN); `nil` for none.
    public var dualScale: DualScaleConfiguration?
    /// The masked branch (after DS-AEAN); `nil` if all faces take one branch.
    public var maskedPath: MaskedPathConfiguration?
    /// The blocks of a baseline of the papers; `nil` for none.
    public var peer: PeerHeadKind?
    /// The fusion with the context (Karamizadeh et al., 2025); `nil` for none.
    public var context: ContextFusionConfiguration?
    /// The length of the embedding.
    public var dimension = 128
    /// The dropout rate of the features before the embedding.
    public var dropout = 0.5

    /// Creates the configuration of plain FaceNet: trunk, mean over positions, linear map.
    public init() {}

    /// A summary of the parts in technical terms.
    public var summary: String {
        var parts = ["Inception-ResNet-v1"]
        if gate { parts.append("attention gate") }
        if let fusion {
            let modules = [
                fusion.squeezeExcitation ? "SE" : nil, "1x1", fusion.pyramid ? "ASPP" : nil,
                fusion.attention ? "multi-head attention" : nil,
            ]
            parts.append("feature fusion of four stages (\(modules.compactMap(\.self).joined(separator: ", ")))")
        }
        if let dualScale { parts.append(dualScale.summary) }
        if maskedPath != nil { parts.append("a masked branch") }
        if let peer { parts.append("the blocks of \(peer.rawValue)") }
        if let context { parts.append("context fusion (\(context.form.rawValue))") }
        return parts.joined(separator: ", ")
    }
}

/// FaceNet with the additions of three papers.
///
/// - Karamizadeh et al. (Technologies 13:450, 2025): the attention gate on the trunk's last map before averaging and
///   the linear map to 128 numbers (section 3.3), scaling to length 1 (equation 6), and the fusion with the context
///   (equations 8 to 11).
/// - Ghani et al. ("FFSSA-GAN", Electronic Research Archive 32(4), 2024): the fusion of the four stages (algorithm 1),
///   which is added to the 128 numbers before scaling.
/// - The DS-AEAN paper (Scientific Reports 15:17594, 2025): the two scales with efficient attention, which are added
///   likewise, and the masked branch.
///
/// Each part can be left out.
///
/// ```swift
/// var configuration = FaceNetworkConfiguration()
/// configuration.gate = true
/// let store = try ParameterStore(SafeTensors(contentsOf: file).tensors)   // the weights
/// let network = try FaceNetwork(store.root, configuration)
/// let pixels = Tensor(faces, shape: [faces.count / (3 * 160 * 160), 3, 160, 160])   // whitened
/// let embeddings = withoutGradients { network(pixels, training: false) }   // [n, 128]
/// ```
public struct FaceNetwork {
    /// The parts of the network.
    public let configuration: FaceNetworkConfiguration
    /// The trunk.
    public let trunk: InceptionResNetV1
    private let gate: AttentionGate?
    private let bottleneck: Linear
    private let bottleneckNormalization: BatchNorm2d?
    private let fusion: FeatureFusion?
    /// The two scales; `nil` if the network has none.
    public let dualScale: DualScaleAttention?
    /// The masked branch; `nil` if all faces take one branch.
    public let maskedPath: MaskedPath?
    let peer: PeerHead?
    private let context: ContextFusion?

    /// Creates a network with values under `parameters`: `trunk`, `gate`, `bottleneck`, `fusion`, `dualScale`,
    /// `masked`, `peer`, `context`.
    public init(_ parameters: Parameters, _ configuration: FaceNetworkConfiguration) throws {
        self.configuration = configuration
        let channels = InceptionResNetV1.channels
        trunk = try InceptionResNetV1(parameters["trunk"], configuration.normalization)
        gate = configuration.gate ? try AttentionGate(parameters["gate"], channels: channels[3]) : nil
        let isFolded = configuration.normalization == .folded
        bottleneck = try Linear(
            parameters["bottleneck"], in: channels[3], out: configuration.dimension, bias: isFolded)
        bottleneckNormalization =
            isFolded
            ? nil
            : try BatchNorm2d(
                parameters["bottleneck"]["bn"], channels: configuration.dimension, scaled: false, epsilon: 1e-3)
        fusion = try configuration.fusion.map {
            try FeatureFusion(
                parameters["fusion"], channels: channels, dimension: configuration.dimension,
                dropout: configuration.dropout, $0)
        }
        dualScale = try configuration.dualScale.map {
            try DualScaleAttention(
                parameters["dualScale"], channels: channels, dimension: configuration.dimension,
                dropout: configuration.dropout, $0)
        }
        maskedPath = try configuration.maskedPath.map {
            try MaskedPath(
                parameters["masked"], configuration.normalization, channels: (channels[2], channels[3]),
                dimension: configuration.dimension, $0)
        }
        peer = try configuration.peer.map {
            try PeerHead(
                parameters["peer"], $0, channels: (channels[2], channels[3]), dimension: configuration.dimension,
                dropout: configuration.dropout)
        }
        context = try configuration.context.map {
            try ContextFusion(parameters["context"], dimension: configuration.dimension, $0)
        }
    }

    /// Maps whitened pictures `[batch, 3, 160, 160]` and, for a network with context, `[batch, 12]` to embeddings
    /// `[batch, dimension]` of length 1.
    public func callAsFunction(_ x: Tensor, context: Tensor? = nil, training: Bool) -> Tensor {
        embedding(of: trunk(x, training: training), context: context, training: training)
    }

    /// Returns embeddings of length 1 from the trunk's stages. If the trunk is frozen, its stages are computed only
    /// once.
    public func embedding(
        of stages: InceptionResNetV1.Stages, context: Tensor? = nil, training: Bool
    ) -> Tensor {
        result(of: stages, context: context, training: training).embedding
    }

    /// The output of the network for a batch of faces.
    public struct Result {
        /// The embeddings, of length 1, `[batch, dimension]`.
        public fileprivate(set) var embedding: Tensor
        /// The logits of a bare and of a masked face, `[batch, 2]`; `nil` if the network has neither two scales nor a
        /// masked branch.
        public fileprivate(set) var mask: Tensor?
        /// The attention of the two scales, `[batch, 1, side, side]` each; empty in training and without attention.
        public let attention: [(scale: String, map: Tensor)]
    }

    /// Returns the whole output of the network for the trunk's stages.
    ///
    /// - Parameters:
    ///   - stages: The stages of the faces; of two pictures of each person, the stages of the masked one.
    ///   - bare: The stages of other, bare pictures of the same people, one each. The coarse scale and FaceNet's own
    ///     embedding use them. Only for networks with two scales.
    ///   - context: `[batch, 12]`, for networks with context.
    ///   - training: Whether the network is being trained, on which dropout and batch normalization depend.
    public func result(
        of stages: InceptionResNetV1.Stages, bare: InceptionResNetV1.Stages? = nil, context: Tensor? = nil,
        training: Bool
    ) -> Result {
        precondition(
            bare == nil || dualScale != nil && maskedPath == nil,
            "a second picture needs a network with two scales and without a masked branch")
        var result: Result
        if let maskedPath {
            result = joined(maskedPath, stages, training: training)
        } else {
            let scales = dualScale?(stages, bare: bare, training: training)
            let mapped = plain((bare ?? stages).coarse, training: training)
            result = Result(
                embedding: strengthened(mapped, stages, scales, training: training), mask: scales?.mask,
                attention: scales?.attention ?? [])
        }
        if let fusion = self.context {
            guard let context else { preconditionFailure("this network needs a context") }
            result.embedding = fusion(result.embedding, context: context)
        }
        return result
    }

    /// Returns the embeddings of both branches, weighted by the gate.
    private func joined(_ path: MaskedPath, _ stages: InceptionResNetV1.Stages, training: Bool) -> Result {
        let state = path.maskState(stages.middle)
        let bare = bottleneck(stages.coarse.mean(2, 3)).normalized()
        var masked = maskedResult(of: stages, training: training)
        masked.embedding = (bare + state.softmax(1).slice(1, 1..<2) * (masked.embedding - bare)).normalized()
        masked.mask = state
        return masked
    }

    /// Returns the output of the masked branch alone. Training uses it, because training knows which faces are masked.
    /// The result's `mask` is `nil`; ``MaskedPath/maskState(_:)`` computes the mask state before the branches separate.
    ///
    /// - Parameters:
    ///   - stages: The trunk's stages; the fourth is not used.
    ///   - training: Whether the network is being trained, on which dropout and batch normalization depend.
    public func maskedResult(of stages: InceptionResNetV1.Stages, training: Bool) -> Result {
        guard let maskedPath else { preconditionFailure("this network has no masked branch") }
        var own = stages
        own.coarse = maskedPath.coarseStage(stages.middle, training: training)
        let scales = dualScale?(own, training: training)
        let mapped = maskedPath.mapped(gate?(own.coarse) ?? own.coarse)
        return Result(
            embedding: strengthened(mapped, own, scales, training: training), mask: nil,
            attention: scales?.attention ?? [])
    }

    /// Adds the outputs of feature fusion, the two scales and a baseline's blocks, and scales to length 1.
    private func strengthened(
        _ mapped: Tensor, _ stages: InceptionResNetV1.Stages, _ scales: DualScaleAttention.Result?, training: Bool
    ) -> Tensor {
        var identity = mapped
        if let fusion { identity = identity + fusion(stages.all, training: training) }
        if let scales { identity = identity + scales.embedding }
        if let peer {
            identity = identity + peer(middle: stages.middle, coarse: stages.coarse, training: training)
        }
        return identity.normalized()
    }

    /// Returns FaceNet's own embedding, after the gate if there is one: `[batch, dimension]`, before scaling to length
    /// 1.
    private func plain(_ coarse: Tensor, training: Bool) -> Tensor {
        let gated = gate?(coarse) ?? coarse
        let isAlone = fusion == nil && dualScale == nil && peer == nil
        let pooled = dropout(gated.mean(2, 3), isAlone ? configuration.dropout : 0, training: training)
        let mapped = bottleneck(pooled)
        return bottleneckNormalization?(mapped, training: training) ?? mapped
    }

    /// Returns the gate's weights of the positions of the last map, `[batch, 1, 3, 3]`; `nil` without a gate.
    public func gateMap(of stages: InceptionResNetV1.Stages) -> Tensor? { gate?.map(of: stages.coarse) }
}
