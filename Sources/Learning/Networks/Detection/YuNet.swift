import Foundation
public import Tensors

/// The outputs of YuNet at all places of a picture, the finest level first and each level row by row.
public struct YuNetOutputs {
    /// The logits of the class face: `[batch, places, 1]`.
    public let classes: Tensor
    /// The logits of there being an object: `[batch, places, 1]`.
    public let objectness: Tensor
    /// The box's center from the place, in strides, and the logarithms of its width and height in strides:
    /// `[batch, places, 4]`.
    public let boxes: Tensor
    /// The landmarks from the place, in strides: x and y of each; `[batch, places, 10]`.
    public let landmarks: Tensor
}

/// YuNet: a detector without anchors, made of depthwise separable convolutions, with a small feature pyramid and four
/// heads at strides 8, 16 and 32; 53,104 parameters.
///
/// Wu, Peng and Yu, *YuNet: A Tiny Millisecond-level Face Detector*, Machine Intelligence Research 20, 2023. The layers
/// are those of OpenCV Zoo's file of March 2023.
public struct YuNet {
    /// The distances between neighboring places at the three levels, in pixels.
    public static let strides = [8, 16, 32]
    /// The kinds of outputs, with the number of channels of each.
    private static let kinds = [("cls", 1), ("obj", 1), ("bbox", 4), ("kps", 10)]

    private let first: Conv2d
    private let firstNormalization: BatchNorm2d?
    /// The units of the backbone: one after the first convolution, then two for each of five blocks.
    private let blocks: [[SeparableUnit]]
    /// The units that merge each level with the coarser one.
    private let laterals: [SeparableUnit]
    /// The heads of each kind, one for each level.
    private let heads: [[SeparableUnit]]

    /// Creates the network, with the original's names of values under `parameters`.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - normalization: `folded` to train on from the published weights, `batch` for random ones.
    public init(_ parameters: Parameters, _ normalization: Normalization) throws {
        let ending = SeparableUnit.Ending.rectified(normalization)
        let backbone = parameters["backbone"]
        first = try Conv2d(
            backbone["model0"]["conv1"], in: 3, out: 16, kernel: 3, stride: 2, padding: 1,
            bias: normalization == .folded)
        firstNormalization = normalization == .batch ? try BatchNorm2d(backbone["model0"]["bn1"], channels: 16) : nil
        let widths = [(16, 32), (32, 64), (64, 64), (64, 64), (64, 64)]
        let pairs = try widths.enumerated().map { index, width in
            let names = backbone["model\(index + 1)"]
            return [
                try SeparableUnit(names["conv1"], in: width.0, out: width.0, ending),
                try SeparableUnit(names["conv2"], in: width.0, out: width.1, ending),
            ]
        }
        blocks = [[try SeparableUnit(backbone["model0"]["conv2"], in: 16, out: 16, ending)]] + pairs
        laterals = try Self.strides.indices.map {
            try SeparableUnit(parameters["neck"]["lateral_convs"][$0], in: 64, out: 64, ending)
        }
        heads = try Self.kinds.map { kind, channels in
            // A score starts at a probability of 1 %, as faces are rare (Lin et al., 2017, arXiv:1708.02002).
            let bias = channels == 1 ? -log(99.0) : 0
            return try Self.strides.indices.map {
                try SeparableUnit(
                    parameters["bbox_head"]["multi_level_\(kind)"][$0], in: 64, out: channels, .plain(bias: bias))
            }
        }
    }

    /// Returns the outputs at all places.
    ///
    /// - Parameters:
    ///   - x: `[batch, 3, height, width]`: blue, green and red, 0 to 255; the extents are multiples of 32.
    ///   - training: Whether the network is being trained, on which batch normalization depends.
    public func callAsFunction(_ x: Tensor, training: Bool) -> YuNetOutputs {
        let maps = pyramid(x, training: training)
        let joined = heads.map { heads in
            Tensor.concatenated(zip(heads, maps).map { Self.places($0($1, training: training)) }, axis: 1)
        }
        return YuNetOutputs(classes: joined[0], objectness: joined[1], boxes: joined[2], landmarks: joined[3])
    }

    /// Returns the network as a graph with the published inputs and outputs.
    ///
    /// - Parameter parameters: The store with the network's values.
    public func graph(_ parameters: ParameterStore) -> ONNXGraph {
        let names = Self.kinds.flatMap { kind, _ in Self.strides.map { "\(kind)_\($0)" } }
        return ONNXGraph(
            inputs: [("input", [1, 3, 64, 96])], isResizable: true, outputs: names, parameters: parameters
        ) { inputs in
            let maps = pyramid(inputs[0], training: false)
            return zip(heads, Self.kinds).flatMap { heads, kind in
                zip(heads, maps).map { head, map in
                    let values = Self.places(head(map, training: false))
                    return kind.1 == 1 ? sigmoid(values) : values
                }
            }
        }
    }

    /// Returns the maps at strides 8, 16 and 32.
    private func pyramid(_ x: Tensor, training: Bool) -> [Tensor] {
        let y = first(x)
        var map = relu(firstNormalization?(y, training: training) ?? y)
        var levels: [Tensor] = []
        for (index, units) in blocks.enumerated() {
            map = units.reduce(map) { $1($0, training: training) }
            if index > 2 { levels.append(map) }
            // All but the second block end in a map of half the side.
            if index != 1, index < blocks.count - 1 { map = maxPool(map, kernel: 2, stride: 2) }
        }
        for level in levels.indices.reversed() {
            if level < levels.count - 1 { levels[level] = levels[level] + enlarged(levels[level + 1], by: 2) }
            levels[level] = laterals[level](levels[level], training: training)
        }
        return levels
    }

    /// Maps `[batch, channels, rows, columns]` to `[batch, places, channels]`.
    private static func places(_ x: Tensor) -> Tensor { x.permuted([0, 2, 3, 1]).joined(1...2) }
}
