public import Tensors

/// The settings of the masked branch.
public struct MaskedPathConfiguration: Sendable, Hashable, Codable {
    /// The number of channels to which the gate narrows the third stage.
    public var gateWidth = 32

    /// Creates settings with the sizes of this project's networks.
    public init() {}
}

/// The masked branch: a second end of the trunk for masked faces, and a gate that decides between the branches.
///
/// The DS-AEAN paper sends masked faces to one scale and bare faces to the other, and joins them by weights that depend
/// on the input. Here, the branches separate after the trunk's third stage. Bare faces take FaceNet's own last blocks.
/// Masked faces take a copy of these blocks and of the linear map that was trained only on masked faces, with DS-AEAN
/// and feature fusion in addition if the network has them. Training for masks therefore affects bare faces only through
/// errors of the gate: the embedding is (1 − p) of the bare branch and p of the masked branch, where p is the
/// probability of a mask.
public struct MaskedPath {
    /// The settings of the branch.
    public let configuration: MaskedPathConfiguration
    private let tail: CoarseTail
    private let bottleneck: Linear
    private let gate: MaskGate

    /// Creates a branch with values under `parameters`: `reductionB` and `block8`, `bottleneck`, `gate`.
    ///
    /// - Parameters:
    ///   - channels: The channels of the trunk's third and fourth stage.
    ///   - dimension: The length of the embedding.
    init(
        _ parameters: Parameters, _ kind: Normalization, channels: (middle: Int, coarse: Int), dimension: Int,
        _ configuration: MaskedPathConfiguration
    ) throws {
        self.configuration = configuration
        tail = try CoarseTail(parameters, kind)
        bottleneck = try Linear(parameters["bottleneck"], in: channels.coarse, out: dimension)
        gate = try MaskGate(parameters["gate"], channels: channels.middle, width: configuration.gateWidth)
    }

    /// Returns the fourth stage of the masked branch, `[batch, 1792, 3, 3]`, from the third stage.
    public func coarseStage(_ middle: Tensor, training: Bool) -> Tensor { tail(middle, training: training) }

    /// Returns the logits of a bare and of a masked face, `[batch, 2]`, from the third stage.
    public func maskState(_ middle: Tensor) -> Tensor { gate(middle) }

    /// Returns the embedding from the last map of the masked branch, `[batch, dimension]`, not scaled to length 1.
    func mapped(_ coarse: Tensor) -> Tensor { bottleneck(coarse.mean(2, 3)) }

    /// The names of FaceNet's own values, by the names of the copies with which this branch starts.
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

/// A gate that estimates from the trunk's third stage whether a face is masked: a 1 × 1 convolution narrows the map,
/// and a linear map of all positions gives two logits.
struct MaskGate {
    private let narrow: Conv2d
    private let state: Linear
    private let size: Int

    /// Creates a gate with values under `parameters`: `narrow`, `state`.
    init(_ parameters: Parameters, channels: Int, width: Int) throws {
        narrow = try Conv2d(parameters["narrow"], in: channels, out: width, kernel: 1)
        size = width * 8 * 8
        state = try Linear(parameters["state"], in: size, out: 2)
    }

    /// Maps `[batch, channels, 8, 8]` to `[batch, 2]`.
    func callAsFunction(_ middle: Tensor) -> Tensor { state(relu(narrow(middle)).reshaped([-1, size])) }
}
