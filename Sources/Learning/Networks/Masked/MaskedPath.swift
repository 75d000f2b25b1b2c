public import Tensors

/// Which parts the way of masked faces has.
public struct MaskedPathConfiguration: Sendable, Hashable, Codable {
    /// How many channels the gate narrows the third stage to.
    public var gateWidth = 32

    /// The sizes of this project's networks.
    public init() {}
}

/// A way of its own for faces that wear a mask: a second end of the trunk, and a gate that says whose way a face goes.
///
/// Paper C sends masked faces to one scale and bare ones to another and joins them by weights that depend on the input.
/// Here the ways part after the trunk's third stage: bare faces go on as FaceNet always took them, masked ones through a copy
/// of its last blocks and of its linear map that has learned from masked faces alone, with DS-AEAN and feature fusion beside
/// it where the network has them. What is learned for masks can so cost bare faces nothing but the gate's doubt: the
/// embedding is (1 − p) of the one way and p of the other, p being the probability of a mask.
public struct MaskedPath {
    /// Which parts there are.
    public let configuration: MaskedPathConfiguration
    private let tail: CoarseTail
    private let bottleneck: Linear
    private let gate: MaskGate

    /// A way with values under `parameters`: `reductionB` and `block8`, `bottleneck`, `gate`.
    ///
    /// - Parameters:
    ///   - channels: Those of the trunk's third and fourth stage.
    ///   - dimension: Length of the embedding.
    init(
        _ parameters: Parameters, _ kind: Normalization, channels: (middle: Int, coarse: Int), dimension: Int,
        _ configuration: MaskedPathConfiguration
    ) throws {
        self.configuration = configuration
        tail = try CoarseTail(parameters, kind)
        bottleneck = try Linear(parameters["bottleneck"], in: channels.coarse, out: dimension)
        gate = try MaskGate(parameters["gate"], channels: channels.middle, width: configuration.gateWidth)
    }

    /// The fourth stage as masked faces have it, `[batch, 1792, 3, 3]`, from the third.
    public func coarseStage(_ middle: Tensor, training: Bool) -> Tensor { tail(middle, training: training) }

    /// Unnormalised logarithms of the probabilities of a bare and of a masked face, `[batch, 2]`, from the third stage.
    public func maskState(_ middle: Tensor) -> Tensor { gate(middle) }

    /// What the masked way's last map says of identity, `[batch, dimension]`, not of length 1.
    func mapped(_ coarse: Tensor) -> Tensor { bottleneck(coarse.mean(2, 3)) }

    /// The names of FaceNet's own values, by those of the copies that this way starts from.
    public static let originals: [String: String] = {
        var names: [String: String] = [:]
        for name in InceptionResNetV1.pretrainedNames.keys {
            if let copy = copy(of: name) { names[copy] = name }
        }
        return names
    }()

    private static func copy(of name: String) -> String? {
        if name.hasPrefix("bottleneck.") { return "masked." + name }
        for part in ["trunk.reductionB.", "trunk.block8."] where name.hasPrefix(part) {
            return "masked." + name.dropFirst("trunk.".count)
        }
        return nil
    }
}

/// Whether a face wears a mask, from the trunk's third stage: places narrowed by a 1 × 1 convolution, all of them mapped to two
/// numbers.
struct MaskGate {
    private let narrow: Conv2d
    private let state: Linear
    private let size: Int

    /// A gate with values under `parameters`: `narrow`, `state`.
    init(_ parameters: Parameters, channels: Int, width: Int) throws {
        narrow = try Conv2d(parameters["narrow"], in: channels, out: width, kernel: 1)
        size = width * 8 * 8
        state = try Linear(parameters["state"], in: size, out: 2)
    }

    /// `[batch, channels, 8, 8]` → `[batch, 2]`.
    func callAsFunction(_ middle: Tensor) -> Tensor { state(relu(narrow(middle)).reshaped([-1, size])) }
}
