public import Tensors

/// Which parts a ``FaceNetwork`` has: one value per ablation of papers A, B and C.
public struct FaceNetworkConfiguration: Sendable, Hashable, Codable {
    /// Whether the trunk normalises batches or has that folded into its weights.
    public var normalization: Normalization = .folded
    /// Whether places of the last feature map are weighted (paper B).
    public var gate = false
    /// The fusion of the four stages (paper A); `nil` for none.
    public var fusion: FeatureFusionConfiguration?
    /// The two scales with efficient attention (paper C); `nil` for none.
    public var dualScale: DualScaleConfiguration?
    /// The way of masked faces (paper C); `nil` where all faces go one way.
    public var maskedPath: MaskedPathConfiguration?
    /// The blocks of a network that the papers compare with; `nil` for none.
    public var peer: PeerHeadKind?
    /// The fusion with the context (paper B); `nil` for none.
    public var context: ContextFusionConfiguration?
    /// How many numbers the embedding has.
    public var dimension = 128
    /// Which share of features is dropped in training before the embedding.
    public var dropout = 0.5

    /// Plain FaceNet: trunk, mean over places, linear map.
    public init() {}

    /// The parts in the field's words.
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
        if maskedPath != nil { parts.append("a way of their own for masked faces") }
        if let peer { parts.append("the blocks of \(peer.rawValue)") }
        if let context { parts.append("context fusion (\(context.form.rawValue))") }
        return parts.joined(separator: ", ")
    }
}

/// FaceNet, and what papers A, B and C add to it.
///
/// The trunk's last map, weighted by the attention gate, averaged over places and mapped to 128 numbers (paper B,
/// section 3.3); to these the fusion of the four stages adds what it has seen (paper A, algorithm 1), and so do the two
/// scales with efficient attention (paper C); length 1 (equation 6); then the context is fused (equations 8 to 11). Each
/// part can be left out.
public struct FaceNetwork {
    /// Which parts there are.
    public let configuration: FaceNetworkConfiguration
    /// The trunk.
    public let trunk: InceptionResNetV1
    private let gate: AttentionGate?
    private let bottleneck: Linear
    private let bottleneckNormalization: BatchNorm2d?
    private let fusion: FeatureFusion?
    /// The two scales; `nil` where the network has none.
    public let dualScale: DualScaleAttention?
    /// The way of masked faces; `nil` where all faces go one way.
    public let maskedPath: MaskedPath?
    let peer: PeerHead?
    private let context: ContextFusion?

    /// A network with values under `parameters`: `trunk`, `gate`, `bottleneck`, `fusion`, `dualScale`, `masked`, `peer`,
    /// `context`.
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

    /// `[batch, 3, 160, 160]`, each picture whitened, and for a network with context `[batch, 12]` → embeddings of
    /// length 1, `[batch, dimension]`.
    public func callAsFunction(_ x: Tensor, context: Tensor? = nil, training: Bool) -> Tensor {
        embedding(of: trunk(x, training: training), context: context, training: training)
    }

    /// Embeddings of length 1 from the trunk's stages: where the trunk is frozen, its stages are computed once.
    public func embedding(
        of stages: InceptionResNetV1.Stages, context: Tensor? = nil, training: Bool
    ) -> Tensor {
        result(of: stages, context: context, training: training).embedding
    }

    /// What a network gives of its faces.
    public struct Result {
        /// Of length 1, `[batch, dimension]`.
        public fileprivate(set) var embedding: Tensor
        /// Unnormalised logarithms of the probabilities of a bare and of a masked face, `[batch, 2]`; `nil` where the
        /// network has neither two scales nor a way for masked faces.
        public fileprivate(set) var mask: Tensor?
        /// What the two scales attend to, `[batch, 1, side, side]` each; empty in training and without such attention.
        public let attention: [(scale: String, map: Tensor)]
    }

    /// All that the network gives, from the trunk's stages.
    ///
    /// - Parameters:
    ///   - stages: Those of the faces; of the masked one where there are two pictures of each.
    ///   - bare: Those of other, bare pictures of the same people, one each: the coarse scale and FaceNet's own embedding
    ///     are taken from them. Only for networks with two scales.
    ///   - context: `[batch, 12]`, for networks that take one.
    public func result(
        of stages: InceptionResNetV1.Stages, bare: InceptionResNetV1.Stages? = nil, context: Tensor? = nil,
        training: Bool
    ) -> Result {
        precondition(
            bare == nil || dualScale != nil && maskedPath == nil,
            "a second picture is for networks with two scales and one way")
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

    /// Both ways, as much of each as the gate says.
    private func joined(_ path: MaskedPath, _ stages: InceptionResNetV1.Stages, training: Bool) -> Result {
        let state = path.maskState(stages.middle)
        let bare = bottleneck(stages.coarse.mean(2, 3)).normalized()
        var masked = maskedResult(of: stages, training: training)
        masked.embedding = (bare + state.softmax(1).slice(1, 1..<2) * (masked.embedding - bare)).normalized()
        masked.mask = state
        return masked
    }

    /// What the way of masked faces alone gives: what it learns by, since in training it is known who wears a mask. Its
    /// `mask` is `nil`: ``MaskedPath/maskState(_:)`` says that, before the ways part.
    ///
    /// - Parameter stages: The trunk's; the fourth is not looked at.
    public func maskedResult(of stages: InceptionResNetV1.Stages, training: Bool) -> Result {
        guard let maskedPath else { preconditionFailure("this network has no way for masked faces") }
        var own = stages
        own.coarse = maskedPath.coarseStage(stages.middle, training: training)
        let scales = dualScale?(own, training: training)
        let mapped = maskedPath.mapped(gate?(own.coarse) ?? own.coarse)
        return Result(
            embedding: strengthened(mapped, own, scales, training: training), mask: nil,
            attention: scales?.attention ?? [])
    }

    /// With what feature fusion, the two scales and another network's blocks add, of length 1.
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

    /// What FaceNet itself says, gated where there is a gate: `[batch, dimension]`, before it is brought to length 1.
    private func plain(_ coarse: Tensor, training: Bool) -> Tensor {
        let gated = gate?(coarse) ?? coarse
        let isAlone = fusion == nil && dualScale == nil && peer == nil
        let pooled = dropout(gated.mean(2, 3), isAlone ? configuration.dropout : 0, training: training)
        let mapped = bottleneck(pooled)
        return bottleneckNormalization?(mapped, training: training) ?? mapped
    }

    /// How the gate weights the places of the last map, `[batch, 1, 3, 3]`; `nil` without a gate.
    public func gateMap(of stages: InceptionResNetV1.Stages) -> Tensor? { gate?.map(of: stages.coarse) }
}
