public import Tensors

/// The outputs of a network of MTCNN's cascade. P-Net has one row for each place of a map, R-Net and O-Net have one for
/// each picture.
public struct CascadeOutputs {
    /// No face, face: `[batch, 2]`, or `[batch, 2, rows, columns]`.
    public let logits: Tensor
    /// The offsets of the face's box from the input square: left, top, right and bottom, in sides of the square;
    /// `[batch, 4]`, or `[batch, 4, rows, columns]`.
    public let box: Tensor
    /// The landmarks in the input square, in its sides from its left top corner: five x, then five y; `[batch, 10]`, or
    /// `[batch, 10, rows, columns]`. `nil` if the network has none.
    public let landmarks: Tensor?

    /// The outputs by name, as the detector reads them: probabilities instead of logits.
    var named: [(name: String, value: Tensor)] {
        [("regression", box)] + (landmarks.map { [("landmarks", $0)] } ?? [])
            + [("probability", logits.softmax(1))]
    }

    /// The outputs of a map as rows, in the order of batch, rows and columns.
    public var rows: CascadeOutputs {
        func rows(_ x: Tensor) -> Tensor {
            x.shape.count == 4 ? x.permuted([0, 2, 3, 1]).reshaped([-1, x.shape[1]]) : x
        }
        return CascadeOutputs(logits: rows(logits), box: rows(box), landmarks: landmarks.map(rows))
    }
}

/// A network of MTCNN's cascade (Zhang, Zhang, Li and Qiao, *Joint Face Detection and Alignment Using Multitask Cascaded
/// Convolutional Networks*, 2016, arXiv:1604.02878), with the layers of the published weights.
///
/// The values have the names of the published files, so that `ONNXWeights.read` gives a ``Tensors/ParameterStore`` what
/// it needs.
public protocol CascadeNetwork {
    /// The side of the square that the network judges, in pixels.
    static var side: Int { get }
    /// Whether the network judges every place of a larger picture at once.
    static var takesAnySize: Bool { get }

    /// Creates the network.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - landmarks: Whether the network also learns landmarks. The published P-Net and R-Net do not have them, but the
    ///     paper trains all three networks with them.
    init(_ parameters: Parameters, landmarks: Bool) throws

    /// Returns the outputs for squares.
    ///
    /// - Parameter x: `[batch, 3, side, side]`: red, green and blue, (value − 127.5) / 128.
    func callAsFunction(_ x: Tensor) -> CascadeOutputs
}

extension CascadeNetwork {
    /// Returns the network as a graph with the published inputs and outputs: landmarks only from O-Net.
    ///
    /// - Parameter parameters: The store with the network's values.
    public func graph(_ parameters: ParameterStore) -> ONNXGraph {
        let names = ["regression"] + (Self.self == OutputNetwork.self ? ["landmarks"] : []) + ["probability"]
        return ONNXGraph(
            inputs: [("input", [1, 3, Self.side, Self.side])], isResizable: Self.takesAnySize, outputs: names,
            parameters: parameters
        ) { inputs in
            let outputs = Dictionary(uniqueKeysWithValues: self(inputs[0]).named.map { ($0.name, $0.value) })
            return names.compactMap { outputs[$0] }
        }
    }
}
